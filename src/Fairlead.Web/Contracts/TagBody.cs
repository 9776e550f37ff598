namespace Fairlead.Web.Contracts;

/// <summary>Gives a run a tag.</summary>
public sealed record TagBody(string? Tag, string? User);
