using Fairlead.Domain.Problems;
using Fairlead.Domain.Services;
using Fairlead.DuckDb;
using Fairlead.Replay.Planning;
using Fairlead.Replay.Running;

namespace Fairlead.Replay.Reporting;

/// <summary>Reads scores and labels by the expressions that judge them.</summary>
/// <param name="replayed">Rows that were replayed.</param>
/// <param name="most">Rows that are judged; of more, so many are drawn by a hash of their ids.</param>
internal sealed class JudgedRowReader(ReplayRows rows, ReplayRecord record, long replayed, int most, CancellationToken cancellationToken)
{
    private const string Labels = "replay_labels";
    private readonly DuckDbConnection connection = rows.Connection;

    /// <summary>An expression over <c>output</c>; null when none was named and the outputs are not one number.</summary>
    public string? Score { get; private set; }

    /// <summary>An expression over <c>outcome</c>; null when none was named and none fits.</summary>
    public string? Label { get; private set; }

    /// <summary>Of each row that is judged its segment, in the order of the scores.</summary>
    public List<string> Segments { get; } = [];

    /// <summary>The rows that those are drawn from; null when all are judged.</summary>
    public long? DrawnFrom => replayed > most ? replayed : null;

    /// <returns>Null when there is no score.</returns>
    public JudgedRows? Read()
    {
        Score = record.Judging.Score ?? OnlyNumber();
        if (Score is null)
            return null;

        Label = FindLabel();
        var type = TypeOf(Score);
        var labelType = Label is null ? null : ReadLabels(type, Label);
        return type.Kind == DuckDbTypeKind.List ? ReadLists(labelType)
            : type.Kind == DuckDbTypeKind.Varchar || record.Judging.Task == EvaluationTask.Multiclass ? ReadClasses(labelType)
            : ReadNumbers(labelType);
    }

    private string? OnlyNumber()
    {
        var numbers = rows.Outputs.Where(output => output.IsNumber).ToList();
        return numbers.Count == 1 ? $"output.{DuckDbText.Name(numbers[0].Name)}" : null;
    }

    // The field of the outcome that has the name of the output, or the only one.
    private string? FindLabel()
    {
        if (record.Judging.Label is { } named)
            return named;
        using var described = connection.Query("SELECT outcome FROM scored LIMIT 0", cancellationToken);
        var known = described.Columns[0].Type.Fields.Select(field => field.Name).ToList();
        var output = rows.Outputs.FirstOrDefault(candidate => Score == $"output.{DuckDbText.Name(candidate.Name)}" || Score == $"output.{candidate.Name}")?.Name;
        var field = known.Find(name => name.Equals(output, StringComparison.OrdinalIgnoreCase)) ?? (known is [var only] && only != "nothing" ? only : null);
        return field is null ? null : $"outcome.{DuckDbText.Name(field)}";
    }

    private DuckDbType TypeOf(string score)
    {
        try
        {
            using var described = connection.Query($"SELECT ({score}\n) FROM (SELECT replayed AS output FROM {ReplayRows.View}) LIMIT 0", cancellationToken);
            return described.Columns[0].Type;
        }
        catch (DuckDbException e)
        {
            throw FairleadException.Invalid($"The score '{score}' is no expression over the outputs {string.Join(", ", rows.Outputs.Select(output => $"'{output.Name}'"))}: {e.Message}");
        }
    }

    /// <summary>Looks outcomes up once, in the form that fits the score.</summary>
    private DuckDbType ReadLabels(DuckDbType score, string label)
    {
        var form = score.Kind == DuckDbTypeKind.List ? "VARCHAR[]" : null;
        var scope = $"service = {DuckDbText.Literal(record.Order.Service)} AND environment = {DuckDbText.Literal(record.Order.From)} AND \"role\" = 'live' AND {ReplayPlanner.RangeOf(record.Plan.Since, record.Plan.Until)}";
        try
        {
            using var described = connection.Query($"SELECT ({label}\n) FROM scored LIMIT 0", cancellationToken);
            var type = described.Columns[0].Type;
            // One item that was relevant is a list of one.
            var value = form is null ? $"({label}\n)" : type.Kind == DuckDbTypeKind.List ? $"({label}\n)::{form}" : $"CASE WHEN ({label}\n) IS NOT NULL THEN [({label}\n)::VARCHAR] END";
            connection.Execute($"CREATE TEMP TABLE {Labels} AS SELECT id, {value} AS label FROM scored WHERE {scope} AND outcome IS NOT NULL", cancellationToken);
            return type;
        }
        catch (DuckDbException e)
        {
            throw FairleadException.Invalid($"The label '{label}' is no expression over the outcomes: {e.Message}");
        }
    }

    private NumberRows ReadNumbers(DuckDbType? label)
    {
        var (recorded, replayed, labels) = (new List<double>(), new List<double>(), new List<double>());
        Each("DOUBLE", label is not null, (result, row) =>
        {
            var (left, right) = (result.Column(1).Span<double>()[row], result.Column(2).Span<double>()[row]);
            if (double.IsNaN(left) || double.IsNaN(right))
                return false;
            recorded.Add(left);
            replayed.Add(right);
            labels.Add(label is null || result.Column(3).IsNull(row) ? double.NaN : result.Column(3).Span<double>()[row]);
            return true;
        });
        var known = labels.Where(value => !double.IsNaN(value));
        EvaluationTask? task = !known.Any() ? null : record.Judging.Task ?? (known.All(value => value is 0 or 1) ? EvaluationTask.Binary : EvaluationTask.Regression);
        if (task is EvaluationTask.Ranking)
            throw FairleadException.Invalid($"The score '{Score}' is one number, and a ranking is judged by a list; name an output that is a list.");
        return new NumberRows([.. recorded], [.. replayed], [.. labels], task, record.Judging.Threshold) { HasLabel = [.. labels.Select(value => !double.IsNaN(value))] };
    }

    private ClassRows ReadClasses(DuckDbType? label)
    {
        var (recorded, replayed, labels) = (new List<string>(), new List<string>(), new List<string?>());
        // Classes are few, and each is kept once.
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        Each("VARCHAR", label is not null, (result, row) =>
        {
            recorded.Add(Name(result.Column(1), row)!);
            replayed.Add(Name(result.Column(2), row)!);
            labels.Add(label is null ? null : Name(result.Column(3), row));
            return true;
        });
        EvaluationTask? task = labels.Exists(value => value is not null) ? EvaluationTask.Multiclass : null;
        return new ClassRows([.. recorded], [.. replayed], [.. labels], task) { HasLabel = [.. labels.Select(value => value is not null)] };

        string? Name(DuckDbColumn column, int row)
        {
            if (column.Value(row) is not string text)
                return null;
            if (!names.TryGetValue(text, out var kept))
                names[text] = kept = text;
            return kept;
        }
    }

    private ListRows ReadLists(DuckDbType? label)
    {
        var (recorded, replayed, labels) = (new List<string[]>(), new List<string[]>(), new List<string[]?>());
        Each("VARCHAR[]", label is not null, (result, row) =>
        {
            recorded.Add(Items(result.Column(1), row)!);
            replayed.Add(Items(result.Column(2), row)!);
            labels.Add(label is null ? null : Items(result.Column(3), row));
            return true;
        });
        EvaluationTask? task = labels.Exists(value => value is not null) ? EvaluationTask.Ranking : null;
        return new ListRows([.. recorded], [.. replayed], [.. labels], task) { HasLabel = [.. labels.Select(value => value is not null)] };
    }

    private static string[]? Items(DuckDbColumn column, int row) =>
        (column.Value(row) as object?[])?.OfType<string>().ToArray();

    // The same rows whenever it is asked, spread over segments and time.
    private string Drawn() => DrawnFrom is { } all ? $"AND hash(id) <= {(ulong)(most / (double)all * ulong.MaxValue)}" : "";

    /// <summary>Calls for each row with both scores; those that are taken add their segment.</summary>
    private void Each(string form, bool hasLabels, Func<DuckDbResult, int, bool> take)
    {
        var sql = $"""
            SELECT key, a, b{(hasLabels ? $", label::{form}" : "")} FROM (
              SELECT id, key, a, ({Score}
              )::{form} AS b FROM (
                SELECT id, key, ({Score}
                )::{form} AS a, replayed AS output FROM (
                  SELECT id, array_to_string(segments, chr(31)) AS key, recorded AS output, replayed FROM {ReplayRows.View} WHERE error IS NULL {Drawn()}
                )
              )
            ) r {(hasLabels ? $"LEFT JOIN {Labels} l USING (id)" : "")} WHERE a IS NOT NULL AND b IS NOT NULL
            """;
        var segments = new Dictionary<string, string>(StringComparer.Ordinal);
        using var result = connection.Query(sql, cancellationToken);
        while (result.TryReadChunk(cancellationToken))
        {
            for (var row = 0; row < result.ChunkRows; row++)
            {
                if (!take(result, row))
                    continue;
                var key = record.Plan.Segments.Count == 0 ? "" : result.Column(0).Value(row) as string ?? "";
                if (!segments.TryGetValue(key, out var kept))
                    segments[key] = kept = key;
                Segments.Add(kept);
            }
        }
    }
}
