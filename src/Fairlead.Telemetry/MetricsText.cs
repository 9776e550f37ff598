using System.Globalization;
using System.Text;

namespace Fairlead.Telemetry;

/// <summary>Writes metrics as Prometheus' text form 0.0.4, or as OpenMetrics 1.0, which has exemplars.</summary>
/// <param name="isOpen">OpenMetrics.</param>
public sealed class MetricsText(bool isOpen = false)
{
    private const string TotalSuffix = "_total";
    private readonly StringBuilder text = new();

    public const string PlainType = "text/plain; version=0.0.4; charset=utf-8";
    public const string OpenType = "application/openmetrics-text; version=1.0.0; charset=utf-8";

    /// <param name="name">That of a counter ends in <c>_total</c>.</param>
    /// <param name="type">counter, gauge or histogram.</param>
    public void Begin(string name, string type, string help)
    {
        // In OpenMetrics the suffix belongs to the sample, not to the family.
        var family = isOpen && name.EndsWith(TotalSuffix, StringComparison.Ordinal) ? name[..^TotalSuffix.Length] : name;
        text.Append("# HELP ").Append(family).Append(' ').Append(help).Append('\n');
        text.Append("# TYPE ").Append(family).Append(' ').Append(type).Append('\n');
    }

    /// <param name="labels">As <see cref="Label"/> writes them, with commas between them.</param>
    public void Sample(string name, double value, string labels = "")
    {
        text.Append(name);
        if (labels.Length > 0)
            text.Append('{').Append(labels).Append('}');
        text.Append(' ').Append(Number(value)).Append('\n');
    }

    /// <summary>A whole family of one sample.</summary>
    public void Single(string name, string type, string help, double value)
    {
        Begin(name, type, help);
        Sample(name, value);
    }

    /// <param name="bounds">Upper bounds, inclusive, rising.</param>
    /// <param name="counts">How many fell between two of them; one more than bounds, for what is beyond all.</param>
    public void Histogram(string name, string labels, IReadOnlyList<double> bounds, IReadOnlyList<long> counts, double sum)
    {
        var below = 0L;
        for (var i = 0; i < counts.Count; i++)
        {
            below += counts[i];
            Bucket(name, labels, i < bounds.Count ? bounds[i] : double.PositiveInfinity, below);
        }

        Sample(name + "_sum", sum, labels);
        Sample(name + "_count", below, labels);
    }

    /// <param name="bound">Upper bound, inclusive.</param>
    /// <param name="count">Of all that are not above it.</param>
    /// <param name="example">One of them, with its trace; only OpenMetrics shows it.</param>
    public void Bucket(string name, string labels, double bound, long count, (string TraceId, double Value, DateTimeOffset At)? example = null)
    {
        text.Append(name).Append("_bucket{").Append(labels).Append(labels.Length > 0 ? "," : "").Append("le=\"").Append(Number(bound)).Append("\"} ").Append(count);
        if (isOpen && example is { } shown)
            text.Append(" # {trace_id=\"").Append(shown.TraceId).Append("\"} ").Append(Number(shown.Value)).Append(' ').Append(Number(shown.At.ToUnixTimeMilliseconds() / 1000.0));
        text.Append('\n');
    }

    public static string Label(string name, string value) => $"{name}=\"{Escape(value)}\"";

    /// <summary>The whole text, in UTF-8.</summary>
    public byte[] Complete()
    {
        if (isOpen)
            text.Append("# EOF\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Number(double value) => double.IsInfinity(value) ? value > 0 ? "+Inf" : "-Inf" : value.ToString(value == Math.Floor(value) && Math.Abs(value) < 1e15 ? "F0" : "0.###############", CultureInfo.InvariantCulture);

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
