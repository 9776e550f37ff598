namespace Fairlead.Web.Contracts;

/// <param name="BreakContract">True releases contracts that break their clients.</param>
public sealed record ReleaseBody(bool BreakContract, string? User);
