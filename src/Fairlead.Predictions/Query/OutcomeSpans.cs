using System.Collections.Concurrent;
using System.Globalization;
using Fairlead.Domain.Predictions;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query;

/// <summary>
/// Knows of every file of outcomes by prediction the least and the largest id that it speaks of: an outcome may come at any time, so that a file's times do not tell.
/// Files never change under their name.
/// </summary>
/// <param name="mostGone">Files that are gone and still known, about.</param>
internal sealed class OutcomeSpans(int mostGone = 4096)
{
    private readonly ConcurrentDictionary<string, (string First, string Last)> known = new(StringComparer.Ordinal);
    private readonly int spare = mostGone;
    private int limit;

    /// <summary>Those of the files that may hold an outcome of the prediction.</summary>
    /// <param name="files">They have the column <c>prediction</c>.</param>
    public IReadOnlyList<string> FilesOf(PredictionId id, IReadOnlyList<string> files, DuckDbConnection connection, CancellationToken cancellationToken)
    {
        var unknown = files.Where(file => !known.ContainsKey(file)).ToList();
        if (unknown.Count > 0)
            Read(connection, unknown, cancellationToken);
        var wanted = TextOf(id.ToGuid());
        return [.. files.Where(file => known.TryGetValue(file, out var span) && string.CompareOrdinal(span.First, wanted) <= 0 && string.CompareOrdinal(wanted, span.Last) <= 0)];
    }

    private void Read(DuckDbConnection connection, List<string> files, CancellationToken cancellationToken)
    {
        // One of them after another: the least of a single file is taken from what it says of itself, without its rows.
        var each = files.Select((file, index) => string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT {index}, min(prediction), max(prediction) FROM read_parquet({DuckDbText.Literal(file)}, hive_partitioning = false)"));
        using var result = connection.Query(string.Join("\nUNION ALL\n", each), cancellationToken);
        while (result.Read(cancellationToken))
        {
            // A file without any id holds no outcome of any prediction.
            var (first, last) = result.Value(1) is Guid least && result.Value(2) is Guid largest ? (TextOf(least), TextOf(largest)) : ("~", "");
            known[files[(int)result.Value(0)!]] = (first, last);
        }

        if (known.Count > Math.Max(limit, spare))
            ForgetGone();
    }

    private void ForgetGone()
    {
        foreach (var file in known.Keys.Where(file => !File.Exists(file)))
            known.TryRemove(file, out _);
        limit = known.Count + spare;
    }

    // The order of the database.
    private static string TextOf(Guid id) => id.ToString("D");
}
