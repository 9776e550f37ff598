using System.Collections.Concurrent;

namespace Fairlead.Serving.Tests.Telemetry.Export;

/// <summary>What was exported, with the attributes of what it comes from.</summary>
internal sealed class TakenTelemetry
{
    public ConcurrentQueue<(Dictionary<string, string> Resource, ProtoFields Span)> Spans { get; } = new();

    public ConcurrentQueue<(Dictionary<string, string> Resource, ProtoFields Metric)> Metrics { get; } = new();

    /// <param name="message">An export request of the public protocol.</param>
    public void Take(bool isTraces, ProtoFields message)
    {
        foreach (var resource in message.All(1))
        {
            var attributes = resource.All(1).Single().Attributes(1);
            foreach (var item in resource.Within(2, 2))
                (isTraces ? Spans : Metrics).Enqueue((attributes, item));
        }
    }

    public async Task<List<ProtoFields>> WaitForSpansAsync(string trace, int count)
    {
        while (true)
        {
            var spans = Spans.Select(pair => pair.Span).Where(span => span.Hex(1) == trace).ToList();
            if (spans.Count >= count)
                return spans;
            await PauseAsync();
        }
    }

    public async Task<(Dictionary<string, string> Resource, ProtoFields Metric)> WaitForMetricAsync(string name, Func<ProtoFields, bool> condition)
    {
        while (true)
        {
            foreach (var pair in Metrics)
            {
                if (pair.Metric.Text(1) == name && condition(pair.Metric))
                    return pair;
            }

            await PauseAsync();
        }
    }

    private static Task PauseAsync() => Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
}
