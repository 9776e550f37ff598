namespace Fairlead.Replay.Running;

/// <summary>How far a replay is.</summary>
/// <param name="Phase">planning, scoring or reporting.</param>
/// <param name="Done">Rows that went through, those of an earlier attempt included.</param>
/// <param name="Rows">Rows in all; 0 while that is not known.</param>
public sealed record ReplayProgress(int Number, string Phase, long Done, long Rows, double Seconds);
