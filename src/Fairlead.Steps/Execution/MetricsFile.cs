using System.Text.Json;
using Fairlead.Domain.Problems;

namespace Fairlead.Steps.Execution;

/// <summary>Reads what a step measured: a flat JSON object of numbers, or several of them (JSON lines), of which the last value of each name counts.</summary>
internal static class MetricsFile
{
    /// <summary>The position within a curve, in JSON lines; never a metric.</summary>
    private const string PositionName = "step";
    private const long LargestFile = 64L << 20;
    private static readonly JsonReaderOptions Lenient = new() { AllowMultipleValues = true };

    /// <param name="name">The file as the project names it, for messages.</param>
    /// <exception cref="FairleadException">Failed when the file holds anything else.</exception>
    public static async Task<IReadOnlyDictionary<string, double>> ReadAsync(string path, string name, CancellationToken cancellationToken)
    {
        if (new FileInfo(path).Length > LargestFile)
            throw FairleadException.Failed($"The metrics file '{name}' has more than {LargestFile >> 20} MiB; write fewer lines.");
        return Parse(await File.ReadAllBytesAsync(path, cancellationToken), name);
    }

    internal static IReadOnlyDictionary<string, double> Parse(ReadOnlySpan<byte> content, string name)
    {
        if (content.StartsWith("\uFEFF"u8))
            content = content[3..];
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal);
        try
        {
            var reader = new Utf8JsonReader(content, Lenient);
            while (reader.Read())
                ReadObject(ref reader, metrics, name);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A name or string that is not UTF-8 surfaces as InvalidOperationException.
            throw new FairleadException(ProblemKind.Failed, $"The metrics file '{name}' is not JSON ({e.Message.TrimEnd('.')}); write a flat object of numbers, without NaN or infinity.", e);
        }

        return metrics.Count > 0 ? metrics : throw FairleadException.Failed($"The metrics file '{name}' holds no metric; write a flat JSON object of numbers.");
    }

    private static void ReadObject(ref Utf8JsonReader reader, SortedDictionary<string, double> metrics, string name)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw FairleadException.Failed($"The metrics file '{name}' holds {Describe(reader.TokenType)} instead of an object; write a flat JSON object of numbers.");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var metric = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.Number)
                throw FairleadException.Failed($"The metric '{metric}' in '{name}' is {Describe(reader.TokenType)}; write a number.");
            var value = reader.GetDouble();
            if (!double.IsFinite(value))
                throw FairleadException.Failed($"The metric '{metric}' in '{name}' is too large for a number of double precision; scale it.");
            if (metric != PositionName)
                metrics[metric] = value;
        }
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
