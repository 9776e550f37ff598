namespace Fairlead.Web.Contracts;

/// <param name="Choice">One of the stage's choices, or <c>reject</c>.</param>
/// <param name="User">Who judges, where callers are not known otherwise.</param>
/// <param name="Attempt">The attempt whose evidence was looked at; a judgment of another one is refused.</param>
public sealed record JudgmentBody(string Choice, string? Comment = null, string? User = null, int? Attempt = null);
