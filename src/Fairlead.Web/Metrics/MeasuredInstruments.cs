using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Fairlead.Telemetry;

namespace Fairlead.Web.Metrics;

/// <summary>Adds up what the rooms of the control plane measure, and its server of requests, from when it is made.</summary>
internal sealed class MeasuredInstruments : IDisposable
{
    private const string Requests = "http.server.request.duration";
    private static readonly string[] Meters = ["Fairlead.Catalog", "Fairlead.Notices", "Fairlead.Pipelines"];
    private readonly ConcurrentDictionary<string, MeasuredInstrument> instruments = new(StringComparer.Ordinal);
    private readonly MeterListener listener = new();

    public MeasuredInstruments()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (Array.IndexOf(Meters, instrument.Meter.Name) >= 0 || instrument.Name == Requests)
                listening.EnableMeasurementEvents(instrument, instruments.GetOrAdd(instrument.Name, _ => new MeasuredInstrument(instrument)));
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, state) => ((MeasuredInstrument)state!).Record(value, tags));
        listener.SetMeasurementEventCallback<long>((_, value, tags, state) => ((MeasuredInstrument)state!).Record(value, tags));
        listener.Start();
    }

    public void Write(MetricsText text)
    {
        foreach (var instrument in instruments.Values.OrderBy(instrument => instrument.Name, StringComparer.Ordinal))
            instrument.Write(text);
    }

    public void Dispose() => listener.Dispose();
}
