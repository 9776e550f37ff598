using Fairlead.Domain.Projects;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;

namespace Fairlead.Predictions.Query;

/// <summary>
/// A Parquet file without rows, to stand before files whose structs differ. When a condition leaves no file but the first, DuckDB (1.5.6) looks up what that file says of a
/// field by the field's place among those of all files: it reads beyond what the file says when it has fewer, and takes one field for another when it has others.
/// A file that has no structs says nothing of their fields.
/// </summary>
internal sealed class BlankFile
{
    private readonly Lock gate = new();
    private readonly string path;

    public BlankFile(StateFolder folder)
    {
        var root = Path.Combine(folder.Predictions, PredictionLayout.Blank);
        if (Directory.Exists(root))
            Directory.Delete(root, recursive: true);
        // Readers that make columns out of paths find the same ones in this.
        path = Path.Combine(root, "environment=none", "service=none", "date=1970-01-01", "blank" + PredictionLayout.Extension);
    }

    /// <summary>Its path; it is made when it is first asked for.</summary>
    public string PathOn(DuckDbConnection connection, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            if (!File.Exists(path))
                ParquetFile.Write(connection, """SELECT NULL::TIMESTAMPTZ AS "time" WHERE false""", path, isDurable: false, cancellationToken);
        }

        return path;
    }
}
