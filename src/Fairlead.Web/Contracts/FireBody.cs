namespace Fairlead.Web.Contracts;

/// <summary>A trigger that is fired by hand.</summary>
/// <param name="Commit">The commit to execute, or what git resolves to one; null for that of its last firing.</param>
/// <param name="User">Who asks for it, where callers are not known otherwise.</param>
public sealed record FireBody(string? Commit = null, string? User = null);
