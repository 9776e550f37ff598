namespace Fairlead.Web.Contracts;

/// <summary>For whom a signed link is wanted.</summary>
/// <param name="For">Null for the caller; a link for somebody else is made for admins.</param>
/// <param name="Hours">How long it can be used.</param>
public sealed record JudgmentLinkBody(string? For = null, double? Hours = null, string? User = null);
