namespace Fairlead.Sweeps.Running;

/// <param name="Record">Number of its record, over all sweeps.</param>
internal sealed record StoredTrial(int Record, TrialRecord Trial);
