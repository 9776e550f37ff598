namespace Fairlead.Replay.Planning;

/// <summary>Predictions that are scored and kept as one file.</summary>
/// <param name="From">Microseconds since 1970-01-01 UTC, inclusive.</param>
/// <param name="To">Exclusive.</param>
/// <param name="Rows">As they were counted when the replay was planned.</param>
public sealed record ReplayChunk(int Number, long From, long To, long Rows)
{
    public string FileName => $"chunk-{Number:D5}.parquet";
}
