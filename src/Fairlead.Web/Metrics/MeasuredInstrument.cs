using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Fairlead.Telemetry;

namespace Fairlead.Web.Metrics;

/// <summary>What was measured by one instrument, by labels.</summary>
internal sealed class MeasuredInstrument(Instrument instrument)
{
    /// <summary>A fault that makes labels without end must not take the memory.</summary>
    private const int MostSeries = 5000;

    /// <summary>Seconds: from a write to a solid disk to a query that takes as long as it may.</summary>
    private static readonly double[] Bounds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];

    private readonly ConcurrentDictionary<string, MeasuredSeries> series = new(StringComparer.Ordinal);
    private readonly bool isHistogram = IsOf(instrument, typeof(Histogram<>));
    private readonly bool isCounter = IsOf(instrument, typeof(Counter<>));

    /// <summary>Dots become underscores; with the unit, and a counter with its suffix, as Prometheus wants it.</summary>
    public string Name { get; } = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "") + (IsOf(instrument, typeof(Counter<>)) ? "_total" : "");

    public void Record(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = LabelsOf(tags);
        if (!series.TryGetValue(labels, out var one))
        {
            if (series.Count >= MostSeries)
                return;
            one = series.GetOrAdd(labels, key => new MeasuredSeries(key, isHistogram ? Bounds : null));
        }

        one.Record(value);
    }

    public void Write(MetricsText text)
    {
        text.Begin(Name, isHistogram ? "histogram" : isCounter ? "counter" : "gauge", instrument.Description ?? instrument.Name);
        foreach (var one in series.Values.OrderBy(one => one.Labels, StringComparer.Ordinal))
        {
            var (sum, counts) = one.Read();
            if (isHistogram)
                text.Histogram(Name, one.Labels, Bounds, counts, sum);
            else
                text.Sample(Name, sum, one.Labels);
        }
    }

    private static string LabelsOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new List<string>(tags.Length);
        foreach (var (name, value) in tags)
        {
            // Of the server's own: what is the same for all requests, or stands in the status.
            if (name is not ("network.protocol.name" or "network.protocol.version" or "url.scheme" or "error.type" or "aspnetcore.user.is_authenticated"))
                labels.Add(MetricsText.Label(name.Replace('.', '_'), value?.ToString() ?? ""));
        }

        labels.Sort(StringComparer.Ordinal);
        return string.Join(',', labels);
    }

    private static bool IsOf(Instrument instrument, Type kind) => instrument.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == kind;
}
