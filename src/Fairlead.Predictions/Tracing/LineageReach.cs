namespace Fairlead.Predictions.Tracing;

/// <summary>How far something reached: each thing counted once.</summary>
/// <param name="Live">Of the server groups those that take traffic now.</param>
/// <param name="Predictions">Recorded ones of those server groups, shadows included.</param>
/// <param name="First">When the first of them was answered; null when there are none.</param>
public sealed record LineageReach(int Runs, int Models, int Releases, int ServerGroups, int Live, long Predictions, DateTimeOffset? First, DateTimeOffset? Last);
