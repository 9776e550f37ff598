namespace Fairlead.Sandbox;

/// <summary>Whether bubblewrap works on this machine.</summary>
/// <param name="Version">Such as <c>0.8.0</c>; null when it does not work.</param>
/// <param name="Problem">Why not, a clause; null when it works.</param>
public sealed record BubblewrapFinding(string? Version, string? Problem)
{
    public static BubblewrapFinding None(string problem) => new(null, problem);
}
