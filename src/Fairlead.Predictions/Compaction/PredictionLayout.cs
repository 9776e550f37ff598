using Fairlead.Domain.Predictions;

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

    /// <summary>A file without rows (<see cref="Query.BlankFile"/>).</summary>
    public const string Blank = ".blank";

    /// <summary>Room for what needs more memory than it may have.</summary>
    public const string Spill = ".spill";

    /// <summary>Files that were set aside because they are damaged.</summary>
    public const string Quarantine = ".quarantine";

    /// <summary>Ids of erased predictions, as salted hashes: a file for each erasure.</summary>
    public const string Erased = ".erased";

    /// <summary>Where a file's bytes are now, below the predictions folder.</summary>
    public static string Location(string root, CompactedFile file) =>
        Path.Combine(root, file.State == CompactedFileState.Hidden ? HiddenPath(file.Path) : file.Path);

    /// <summary>The name under which a file lies before plain readers of the folder may see it: some pass over what begins with a dot, others over what ends in another word.</summary>
    public static string HiddenPath(string path)
    {
        var name = path.LastIndexOf('/') + 1;
        return path[..name] + "." + path[name..] + HiddenSuffix;
    }

    public const string Extension = ".parquet";

    public const string HiddenSuffix = ".new";

    /// <summary>Whether a file holds outcomes by key.</summary>
    public static bool IsKeyedFile(string path) => path.EndsWith(KeyedSuffix + Extension, StringComparison.Ordinal);

    public static bool IsPredictions(string path) => path.StartsWith(Predictions + "/", StringComparison.Ordinal);
}
