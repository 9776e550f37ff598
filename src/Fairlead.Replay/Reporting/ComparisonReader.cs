using System.Runtime.InteropServices;
using System.Text.Json;
using Fairlead.Replay.Planning;
using Fairlead.Statistics.Evaluation;

namespace Fairlead.Replay.Reporting;

/// <summary>Compares recorded and replayed outputs, without asking which are better.</summary>
internal sealed class ComparisonReader(ReplayRows rows, CancellationToken cancellationToken)
{
    private const int ShownReasons = 20;
    private const int ShownRows = 20;

    /// <summary>True where all outputs that are recorded are the same within the tolerance.</summary>
    public string AllWithin => All(output => output.IsWithin);

    public IReadOnlyList<CountedName> RecordedBy() =>
        Count($"SELECT server_group, count(*) FROM {ReplayRows.View} WHERE error IS NULL GROUP BY 1 ORDER BY 2 DESC, 1");

    public IReadOnlyList<CountedName> Reasons()
    {
        var reasons = Count($"SELECT error, count(*) FROM {ReplayRows.View} WHERE error IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1");
        var others = reasons.Skip(ShownReasons).Sum(reason => reason.Rows);
        return others == 0 ? reasons : [.. reasons.Take(ShownReasons), new CountedName("other reasons", others)];
    }

    /// <summary>Over all outputs, and for each.</summary>
    public (Agreement All, IReadOnlyList<OutputComparison> Outputs) Compare()
    {
        var any = string.Join(" OR ", rows.Outputs.Select(output => output.IsCompared));
        var counts = new List<string> { Count(any, "true"), Count(any, AllWithin), Count(any, All(output => output.IsIdentical)) };
        foreach (var output in rows.Outputs)
            counts.AddRange([Count(output.IsCompared, "true"), Count(output.IsCompared, output.IsWithin), Count(output.IsCompared, output.IsIdentical)]);
        using var result = rows.Connection.Query($"SELECT {string.Join(", ", counts)} FROM {ReplayRows.View} WHERE error IS NULL", cancellationToken);
        result.Read(cancellationToken);
        var values = Enumerable.Range(0, counts.Count).Select(index => (long)result.Value(index)!).ToArray();
        var outputs = rows.Outputs.Select((output, index) => new OutputComparison(output.Name, output.Type.ToString(), At(index + 1), null)).ToList();
        return (At(0), outputs);

        Agreement At(int index) => new(values[index * 3], values[(index * 3) + 1], values[(index * 3) + 2]);
    }

    /// <summary>How the numbers of an output differ; null when it has none that can be compared.</summary>
    public DifferenceReport? Differences(OutputComparison comparison)
    {
        var output = rows.Outputs.First(candidate => candidate.Name == comparison.Name);
        if (!output.HasDifference || comparison.Agreement.Rows == 0)
            return null;
        var differences = new List<double>();
        using var result = rows.Connection.Query($"SELECT {output.Difference} FROM {ReplayRows.View} WHERE error IS NULL AND {output.IsCompared}", cancellationToken);
        while (result.TryReadChunk(cancellationToken))
        {
            var column = result.Column(0);
            var values = column.Span<double>();
            for (var row = 0; row < result.ChunkRows; row++)
                differences.Add(column.IsNull(row) ? double.NaN : values[row]);
        }

        return DifferenceReport.Of(DifferenceSummary.Of(CollectionsMarshal.AsSpan(differences)));
    }

    /// <summary>Those that differ most, with the inputs that are still recorded.</summary>
    public IReadOnlyList<WorstRow> Worst(ReplayPlan plan)
    {
        var numbers = rows.Outputs.Where(output => output.HasDifference).Select(output => $"abs(coalesce({output.Difference}, 0))").Append("0::DOUBLE");
        var sql = $"""
            SELECT id::VARCHAR, greatest({string.Join(", ", numbers)}) AS difference, to_json(recorded)::VARCHAR, to_json(replayed)::VARCHAR
            FROM {ReplayRows.View} WHERE error IS NULL AND NOT ({AllWithin}) ORDER BY difference DESC, id LIMIT {ShownRows}
            """;
        var worst = new List<WorstRow>();
        using (var result = rows.Connection.Query(sql, cancellationToken))
        {
            while (result.Read(cancellationToken))
                worst.Add(new WorstRow((string)result.Value(0)!, (double)result.Value(1)!, null, Json(result.Value(2)), Json(result.Value(3))));
        }

        if (worst.Count == 0)
            return worst;
        var inputs = Inputs(plan, worst);
        return worst.ConvertAll(row => row with { Inputs = inputs.GetValueOrDefault(row.Prediction) });
    }

    private Dictionary<string, JsonElement?> Inputs(ReplayPlan plan, List<WorstRow> worst)
    {
        var ids = string.Join(", ", worst.Select(row => $"'{row.Prediction}'::UUID"));
        var found = new Dictionary<string, JsonElement?>(StringComparer.Ordinal);
        using var result = rows.Connection.Query($"SELECT id::VARCHAR, to_json(input)::VARCHAR FROM predictions WHERE {ReplayPlanner.RangeOf(plan.Since, plan.Until)} AND id IN ({ids})", cancellationToken);
        while (result.Read(cancellationToken))
            found[(string)result.Value(0)!] = Json(result.Value(1));
        return found;
    }

    /// <summary>The fields that are there; those of other services' signatures are NULL. What JSON has no number for becomes text.</summary>
    private static JsonElement? Json(object? text)
    {
        if (text is not string json)
            return null;
        try
        {
            using var document = JsonDocument.Parse(json);
            return JsonSerializer.SerializeToElement(
                new Dictionary<string, JsonElement>(document.RootElement.EnumerateObject()
                    .Where(field => field.Value.ValueKind != JsonValueKind.Null)
                    .Select(field => KeyValuePair.Create(field.Name, field.Value.Clone()))),
                ReplayJson.Default.DictionaryStringJsonElement);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(json, ReplayJson.Default.String);
        }
    }

    private string All(Func<OutputField, string> condition) =>
        string.Join(" AND ", rows.Outputs.Select(output => $"(NOT {output.IsCompared} OR {condition(output)})"));

    private static string Count(string scope, string condition) => $"count(*) FILTER (({scope}) AND ({condition}))";

    private List<CountedName> Count(string sql)
    {
        var counted = new List<CountedName>();
        using var result = rows.Connection.Query(sql, cancellationToken);
        while (result.Read(cancellationToken))
            counted.Add(new CountedName((string)result.Value(0)!, (long)result.Value(1)!));
        return counted;
    }
}
