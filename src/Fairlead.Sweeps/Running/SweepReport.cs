namespace Fairlead.Sweeps.Running;

/// <summary>A sweep with its trials, in the order of their numbers.</summary>
public sealed record SweepReport(SweepRecord Sweep, IReadOnlyList<TrialRecord> Trials);
