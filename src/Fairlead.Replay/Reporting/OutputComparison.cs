namespace Fairlead.Replay.Reporting;

/// <summary>One output, recorded and replayed.</summary>
/// <param name="Type">Of the replayed one, in SQL.</param>
/// <param name="Differences">Replayed minus recorded; for lists the largest of each row without its sign. Null for what is no number.</param>
public sealed record OutputComparison(string Name, string Type, Agreement Agreement, DifferenceReport? Differences);
