namespace Fairlead.Predictions.Compaction;

/// <summary>Names below the predictions folder. What begins with a dot is not part of the data.</summary>
internal static class PredictionLayout
{
    /// <summary><c>predictions/environment=…/service=…/date=…/*.parquet</c>.</summary>
    public const string Predictions = "predictions";

    /// <summary><c>outcomes/date=…/*.parquet</c>; the date is that of the outcome.</summary>
    public const string Outcomes = "outcomes";

    /// <summary>At the end of the names of files of outcomes by key, which have other columns.</summary>
    public const string KeyedSuffix = "-keyed";

    /// <summary>Rows that are in the log only, as files for the queries of this process.</summary>
    public const string Tail = ".tail";

    /// <summary>Room for what needs more memory than it may have.</summary>
    public const string Spill = ".spill";

    public static bool IsPredictions(string path) => path.StartsWith(Predictions + "/", StringComparison.Ordinal);
}
