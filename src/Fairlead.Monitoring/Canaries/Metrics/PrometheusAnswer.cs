using System.Globalization;
using System.Text.Json;
using Fairlead.Domain.Problems;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>Reads what a Prometheus server answers, which may be anything.</summary>
internal static class PrometheusAnswer
{
    private const int LongestError = 200;

    /// <summary>The points of the one series; none when there is none.</summary>
    /// <exception cref="FairleadException">Failed: it is no answer of Prometheus, or has several series.</exception>
    public static IReadOnlyList<(double At, double Value)> Read(ReadOnlyMemory<byte> body, string url)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            var root = answer.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object
                || !data.TryGetProperty("result", out var result) || result.ValueKind != JsonValueKind.Array)
                throw FairleadException.Failed($"'{url}' answered {(ErrorOf(body) is { } error ? $"with an error: {error}" : "something that no Prometheus does")}");
            if (result.GetArrayLength() > 1)
                throw FairleadException.Failed($"'{url}' has {result.GetArrayLength()} series for the query; make one of them, such as by sum(), and name the side by '${{group}}'");
            return result.GetArrayLength() == 0 ? [] : [.. result[0].GetProperty("values").EnumerateArray().Select(Point)];
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or IndexOutOfRangeException)
        {
            throw new FairleadException(ProblemKind.Failed, $"'{url}' answered something that no Prometheus does: {MetricRound.OneLine(e.Message)}", e);
        }
    }

    /// <summary>What an error says of itself; null when it says nothing.</summary>
    public static string? ErrorOf(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            return answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String
                ? Short(MetricRound.OneLine(error.GetString()!))
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>Values come as text, so that they may be no number or infinite.</summary>
    private static (double At, double Value) Point(JsonElement point) => (point[0].GetDouble(), point[1].GetString() switch
    {
        "+Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        "NaN" => double.NaN,
        { } text => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        null => throw new FormatException("a value is null"),
    });

    private static string Short(string text) => text.Length <= LongestError ? text : text[..LongestError] + "…";
}
