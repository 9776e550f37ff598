using System.Collections.Concurrent;
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
    /// <summary>Sorts behind every id.</summary>
    private const string After = "~";
    private static readonly (string First, string Last) Nothing = (After, "");
    private static readonly (string First, string Last) Any = ("", After);
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
        // From what the files say of themselves, without a row of them. Where one says nothing of some rows they may be any.
        using var result = connection.Query(
            $"""
            SELECT file_name, min(stats_min_value), max(stats_max_value), bool_or((stats_min_value IS NULL OR stats_max_value IS NULL) AND coalesce(stats_null_count, 0) < num_values)
            FROM parquet_metadata({DuckDbText.List(files)}) WHERE path_in_schema = 'prediction' GROUP BY file_name
            """,
            cancellationToken);
        while (result.Read(cancellationToken))
            known[(string)result.Value(0)!] = SpanOf((string?)result.Value(1), (string?)result.Value(2), mayBeAny: (bool)result.Value(3)!);
        // A file without row groups says nothing.
        foreach (var file in files)
            known.TryAdd(file, Any);
        if (known.Count > Math.Max(limit, spare))
            ForgetGone();
    }

    private static (string First, string Last) SpanOf(string? first, string? last, bool mayBeAny)
    {
        if (mayBeAny)
            return Any;
        // A file without any id holds no outcome of any prediction.
        return first is null || last is null ? Nothing : (first, last);
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
