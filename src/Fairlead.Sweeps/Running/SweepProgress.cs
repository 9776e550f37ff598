namespace Fairlead.Sweeps.Running;

/// <summary>Something that happened in a sweep.</summary>
/// <param name="Sweep">As it is now, without its parts.</param>
/// <param name="Trial">That began or ended; null when it is about the sweep itself.</param>
/// <param name="Note">A sentence that whoever ordered it should know.</param>
public sealed record SweepProgress(SweepRecord Sweep, TrialRecord? Trial, string? Note);
