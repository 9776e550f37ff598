using System.Globalization;
using System.Text;
using Fairlead.Domain.Deployments;

namespace Fairlead.Serving.Telemetry;

/// <summary>Writes metrics as Prometheus' text form 0.0.4, or as OpenMetrics 1.0, which has exemplars.</summary>
internal sealed class MetricsText(bool isOpen)
{
    private const string TotalSuffix = "_total";
    private const double MicrosecondsPerSecond = 1e6;
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

    /// <param name="exemplar">The example of a bucket, by its power of two of microseconds; null when there are none.</param>
    public void Histogram(string name, string labels, Histogram histogram, Func<int, Exemplar?>? exemplar)
    {
        for (var power = LatencyBuckets.FirstShown; power <= LatencyBuckets.LastShown; power++)
        {
            Bucket(name, labels, Number((1L << power) / MicrosecondsPerSecond), histogram.CountBelow(power));
            End(isOpen ? exemplar?.Invoke(power) : null);
        }

        Bucket(name, labels, "+Inf", histogram.Count);
        End(null);
        Sample(name + "_sum", histogram.Sum / MicrosecondsPerSecond, labels);
        Sample(name + "_count", histogram.Count, labels);
    }

    /// <param name="bounds">Upper bounds, inclusive, rising.</param>
    /// <param name="counts">How many fell between two of them; one more than bounds, for what is beyond all.</param>
    public void Histogram(string name, string labels, IReadOnlyList<double> bounds, IReadOnlyList<long> counts, double sum)
    {
        var below = 0L;
        for (var i = 0; i < counts.Count; i++)
        {
            below += counts[i];
            Bucket(name, labels, i < bounds.Count ? Number(bounds[i]) : "+Inf", below);
            End(null);
        }

        Sample(name + "_sum", sum, labels);
        Sample(name + "_count", below, labels);
    }

    public static string Labels(ServerGroupName group) =>
        $"environment=\"{Escape(group.Environment)}\",service=\"{Escape(group.Service)}\",server_group=\"{Escape(group.ToString())}\"";

    public byte[] Complete()
    {
        if (isOpen)
            text.Append("# EOF\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private void Bucket(string name, string labels, string bound, long count) =>
        text.Append(name).Append("_bucket{").Append(labels).Append(",le=\"").Append(bound).Append("\"} ").Append(count);

    private void End(Exemplar? exemplar)
    {
        if (exemplar is not null)
            text.Append(" # {trace_id=\"").Append(exemplar.TraceId).Append("\"} ").Append(Number(exemplar.Microseconds / MicrosecondsPerSecond))
                .Append(' ').Append(Number(exemplar.At.ToUnixTimeMilliseconds() / 1000.0));
        text.Append('\n');
    }

    private static string Number(double value) => value.ToString(value == Math.Floor(value) && Math.Abs(value) < 1e15 ? "F0" : "0.###############", CultureInfo.InvariantCulture);

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
