namespace Fairlead.Predictions.Keeping;

/// <summary>What one day of a service in an environment takes.</summary>
/// <param name="Environment">Null for outcomes.</param>
/// <param name="Service">Null for outcomes.</param>
/// <param name="Oldest">Of its rows.</param>
/// <param name="MissingRows">Rows of files that were set aside because they are damaged.</param>
public sealed record PartitionSize(string? Environment, string? Service, DateOnly Day, long Rows, long Bytes, int Files, DateTimeOffset? Oldest, long MissingRows);
