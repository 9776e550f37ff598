namespace Fairlead.Sweeps.Running;

/// <summary>Parameters of a trial written into the project file.</summary>
/// <param name="Commit">Full object name.</param>
/// <param name="IsNew">False: the file had these values already, and this is the commit it was at.</param>
public sealed record Promotion(int Trial, string Commit, bool IsNew, string By, DateTimeOffset At);
