using System.Security.Cryptography;
using System.Text;
using Fairlead.Domain.Artifacts;
using Fairlead.DuckDb;
using Fairlead.Predictions.Log;

namespace Fairlead.Predictions.Compaction;

/// <summary>Writes Parquet files that appear whole: temporary name, flush, rename, flush of the folder.</summary>
internal static class ParquetFile
{
    /// <summary>Of names that begin with a dot, so that whoever reads whole folders passes them over, too.</summary>
    public const string TemporarySuffix = ".tmp";
    private const int ShapeLength = 16;

    /// <param name="query">Its rows become the file's, in their order.</param>
    /// <param name="isDurable">False for files that need not outlive the process.</param>
    public static WrittenParquet Write(DuckDbConnection connection, string query, string path, bool isDurable, CancellationToken cancellationToken)
    {
        var folder = Path.GetDirectoryName(path)!;
        CreateFolder(folder, isDurable);
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path).TrimStart('.')}{TemporarySuffix}");
        try
        {
            var compression = isDurable ? "zstd" : "uncompressed";
            connection.Execute($"COPY ({query}) TO {DuckDbText.Literal(temporary)} (FORMAT parquet, COMPRESSION {compression}, USE_TMP_FILE false)", cancellationToken);
            var written = isDurable ? Seal(connection, temporary, cancellationToken) : new WrittenParquet(new FileInfo(temporary).Length, null, null);
            File.Move(temporary, path, overwrite: true);
            if (isDurable)
                LibC.SyncFolder(folder);
            return written;
        }
        catch
        {
            // On a full disk half a file is in the way of everything else.
            File.Delete(temporary);
            throw;
        }
    }

    /// <summary>Stands for the columns of a file and their types, in their order.</summary>
    public static string ShapeOf(DuckDbConnection connection, string path, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        using var columns = connection.Query(
            $"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM read_parquet({DuckDbText.Literal(path)}, hive_partitioning = false))", cancellationToken);
        while (columns.Read(cancellationToken))
            text.Append(columns.Value(0)).Append('\0').Append(columns.Value(1)).Append('\n');
        return Digest.Of(Encoding.UTF8.GetBytes(text.ToString())).Hex[..ShapeLength];
    }

    public static Digest DigestOf(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1, FileOptions.SequentialScan);
        return Digest.FromHash(SHA256.HashData(file));
    }

    private static WrittenParquet Seal(DuckDbConnection connection, string path, CancellationToken cancellationToken)
    {
        using (var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite))
            RandomAccess.FlushToDisk(file);
        return new WrittenParquet(new FileInfo(path).Length, DigestOf(path), ShapeOf(connection, path, cancellationToken));
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
