namespace Fairlead.Predictions.Compaction;

/// <summary>What one pass over the log did.</summary>
/// <param name="Segments">Segments that are Parquet now.</param>
/// <param name="Records">Requests and outcomes in them.</param>
/// <param name="Rows">Rows written.</param>
/// <param name="Files">Files written.</param>
/// <param name="Damaged">Paths of segments that were left alone because they are damaged.</param>
public sealed record CompactionReport(int Segments, long Records, long Rows, int Files, IReadOnlyList<string> Damaged);
