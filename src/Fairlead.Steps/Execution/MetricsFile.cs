using System.Text.Json;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;

namespace Fairlead.Steps.Execution;

/// <summary>
/// Reads what a step measured: a flat JSON object of numbers, or several of them (JSON lines). An object with a <c>step</c> is a position of curves. Of a curve
/// the metric is the last value, unless an object without position names another.
/// </summary>
internal static class MetricsFile
{
    /// <summary>The position within a curve; never a metric.</summary>
    private const string PositionName = "step";
    private const long LargestFile = 64L << 20;
    private const int MostMetrics = 2000;
    private const int LongestName = 200;
    private const int MostRemarks = 20;
    private static readonly JsonReaderOptions Lenient = new() { AllowMultipleValues = true };

    /// <param name="name">The file as the project names it, for messages.</param>
    /// <exception cref="FairleadException">Failed when the file holds anything else.</exception>
    public static async Task<Measurements> ReadAsync(string path, string name, CancellationToken cancellationToken)
    {
        if (new FileInfo(path).Length > LargestFile)
            throw FairleadException.Failed($"The metrics file '{name}' has more than {LargestFile >> 20} MiB; write fewer lines.");
        return Parse(await File.ReadAllBytesAsync(path, cancellationToken), name);
    }

    internal static Measurements Parse(ReadOnlySpan<byte> content, string name)
    {
        if (content.StartsWith("\uFEFF"u8))
            content = content[3..];
        var all = new SortedDictionary<string, MetricSeries>(StringComparer.Ordinal);
        try
        {
            var reader = new Utf8JsonReader(NonFiniteNumbers.Quote(content), Lenient);
            var values = new List<(string Name, double Value)>();
            for (var record = 0; reader.Read(); record++)
            {
                ReadObject(ref reader, values, name);
                Add(all, record, values, name);
                values.Clear();
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A name or string that is not UTF-8 surfaces as InvalidOperationException.
            throw new FairleadException(ProblemKind.Failed, $"The metrics file '{name}' is not JSON ({e.Message.TrimEnd('.')}); write a flat object of numbers, or one a line.", e);
        }

        return all.Count > 0 ? Result(all, name) : throw FairleadException.Failed($"The metrics file '{name}' holds no metric; write a flat JSON object of numbers.");
    }

    private static void ReadObject(ref Utf8JsonReader reader, List<(string Name, double Value)> values, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw FairleadException.Failed($"The metrics file '{name}' holds {Describe(reader.TokenType)} instead of an object; write a flat JSON object of numbers.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var metric = reader.GetString()!;
            if (metric.Length is 0 or > LongestName || AuditText.Clean(metric, LongestName) != metric)
                throw FairleadException.Failed($"The metric '{AuditText.Clean(metric, 40)}' in '{name}' has a name that cannot be shown; write 1 to {LongestName} visible characters.");
            reader.Read();
            values.Add((metric, ReadNumber(ref reader, metric, name)));
        }
    }

    private static double ReadNumber(ref Utf8JsonReader reader, string metric, string name)
    {
        if (reader.TokenType == JsonTokenType.Number)
            return reader.GetDouble();
        var special = reader.TokenType == JsonTokenType.String ? NonFiniteNumbers.Parse(reader.GetString()) : null;
        return special ?? throw FairleadException.Failed($"The metric '{metric}' in '{name}' is {Describe(reader.TokenType)}; write a number.");
    }

    private static void Add(SortedDictionary<string, MetricSeries> all, int record, List<(string Name, double Value)> values, string name)
    {
        double? position = null;
        foreach (var (metric, value) in values)
        {
            if (metric == PositionName)
                position = double.IsFinite(value) ? value : throw FairleadException.Failed($"The position '{PositionName}' in '{name}' is not a finite number; write the number of the epoch or batch.");
        }

        foreach (var (metric, value) in values)
        {
            if (metric == PositionName)
                continue;
            if (!all.TryGetValue(metric, out var series))
            {
                if (all.Count == MostMetrics)
                    throw FairleadException.Failed($"The metrics file '{name}' holds more than {MostMetrics} metrics; write values that belong to a position as lines with '{PositionName}'.");
                all.Add(metric, series = new MetricSeries(metric));
            }

            series.Add(record, position, value);
        }
    }

    private static Measurements Result(SortedDictionary<string, MetricSeries> all, string name)
    {
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var (metric, series) in all)
        {
            if (series.Value is { } value)
                metrics.Add(metric, value);
        }

        return new Measurements(metrics, [.. all.Values.Select(series => series.ToCurve()).OfType<Domain.Runs.MetricCurve>()], [.. all.Values.SelectMany(series => series.Remarks(name)).Take(MostRemarks)]);
    }

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => "a nested object",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.True or JsonTokenType.False => "a boolean",
        JsonTokenType.Null => "null",
        _ => "a number",
    };
}
