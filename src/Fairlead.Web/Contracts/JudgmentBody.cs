namespace Fairlead.Web.Contracts;

/// <param name="Choice">One of the stage's choices, or <c>reject</c>.</param>
public sealed record JudgmentBody(string Choice, string? Comment = null, string? User = null);
