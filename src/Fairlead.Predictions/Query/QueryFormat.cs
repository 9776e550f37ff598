namespace Fairlead.Predictions.Query;

/// <summary>Files that a query's rows can be written to.</summary>
public enum QueryFormat
{
    /// <summary>With a line of names; nested values as DuckDB's text.</summary>
    Csv,

    /// <summary>zstd, with every type as it is.</summary>
    Parquet,
}
