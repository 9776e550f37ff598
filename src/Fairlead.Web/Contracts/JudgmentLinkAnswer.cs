namespace Fairlead.Web.Contracts;

/// <summary>A signed link: whoever opens it judges as its person.</summary>
public sealed record JudgmentLinkAnswer(string For, Uri Link, DateTimeOffset ExpiresAt);
