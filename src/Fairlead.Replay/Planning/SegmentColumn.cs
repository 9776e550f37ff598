namespace Fairlead.Replay.Planning;

/// <summary>What a report is divided by.</summary>
/// <param name="Name">As it was asked for.</param>
/// <param name="Expression">Over a prediction, in SQL.</param>
public sealed record SegmentColumn(string Name, string Expression);
