namespace Fairlead.Predictions.Keeping;

/// <summary>A file of predictions that is not what was written.</summary>
/// <param name="Path">Of a Parquet file below the predictions folder, or of a log segment below the state folder.</param>
/// <param name="Problem">A phrase.</param>
/// <param name="Rows">Rows that it should hold; null for a segment.</param>
public sealed record DamagedFile(string Path, string Problem, long? Rows);
