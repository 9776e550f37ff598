using Fairlead.DuckDb;
using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Compaction;

/// <summary>Writes Parquet files that appear whole: temporary name, flush, rename, flush of the folder.</summary>
internal static class ParquetFile
{
    private const string TemporarySuffix = ".tmp";

    /// <param name="query">Its rows become the file's, in their order.</param>
    /// <param name="isDurable">False for files that need not outlive the process.</param>
    /// <returns>Bytes of the file.</returns>
    public static long Write(DuckDbConnection connection, string query, string path, bool isDurable, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(path)!;
        CreateFolder(folder, isDurable);
        var temporary = path + TemporarySuffix;
        var compression = isDurable ? "zstd" : "uncompressed";
        connection.Execute($"COPY ({query}) TO {DuckDbText.Literal(temporary)} (FORMAT parquet, COMPRESSION {compression}, USE_TMP_FILE false)", cancellationToken);
        using (var file = File.OpenHandle(temporary, FileMode.Open, FileAccess.ReadWrite))
        {
            if (isDurable)
                RandomAccess.FlushToDisk(file);
        }

        File.Move(temporary, path, overwrite: true);
        if (isDurable)
            LibC.SyncFolder(folder);
        return new FileInfo(path).Length;
    }

    private static void CreateFolder(string folder, bool isDurable)
    {
        if (Directory.Exists(folder))
            return;
        var parent = Path.GetDirectoryName(folder);
        if (parent is not null)
            CreateFolder(parent, isDurable);
        Directory.CreateDirectory(folder);
        if (isDurable && parent is not null)
            LibC.SyncFolder(parent);
    }
}
