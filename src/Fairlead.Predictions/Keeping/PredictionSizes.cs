namespace Fairlead.Predictions.Keeping;

/// <summary>What the predictions folder holds.</summary>
/// <param name="Predictions">By environment, service and day.</param>
/// <param name="Outcomes">By day of the outcome.</param>
/// <param name="LogSegments">Segments of the log that are not compacted yet.</param>
/// <param name="LogBytes">What they take on the disk, which is allocated ahead.</param>
public sealed record PredictionSizes(IReadOnlyList<PartitionSize> Predictions, IReadOnlyList<PartitionSize> Outcomes, int LogSegments, long LogBytes);
