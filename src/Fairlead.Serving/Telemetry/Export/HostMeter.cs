using System.Diagnostics.Metrics;
using Fairlead.Domain.Deployments;
using Fairlead.Serving.Capturing;
using Fairlead.Serving.Routing;
using Fairlead.Serving.Shadows;

namespace Fairlead.Serving.Telemetry.Export;

/// <summary>
/// The numbers of <c>/metrics</c> as instruments, for an exporter that pushes them. Counters are read when it asks; durations
/// must be told one by one, which costs something only while somebody listens.
/// </summary>
internal sealed class HostMeter : IDisposable
{
    public const string Name = "Fairlead.Serving";
    private const double MicrosecondsPerSecond = 1e6;
    private static readonly double[] Boundaries =
        [.. Enumerable.Range(LatencyBuckets.FirstShown, LatencyBuckets.LastShown - LatencyBuckets.FirstShown + 1).Select(power => (1L << power) / MicrosecondsPerSecond)];
    private readonly Meter meter = new(Name);
    private readonly RouteSource routes;
    private readonly Histogram<double> duration;
    private readonly Histogram<double> queue;
    private readonly Histogram<double> inference;

    public HostMeter(RouteSource routes, Func<HostReport> report)
    {
        this.routes = routes;
        duration = Durations("fairlead.request.duration", "From the arrival of a request to the hand-over of its answer.");
        queue = Durations("fairlead.request.queue", "Waiting for a turn, a model or company in a batch.");
        inference = Durations("fairlead.inference.duration", "In the model, or in the instance of a command service.");
        AddGroups();
        AddShadows();
        meter.CreateObservableGauge("fairlead.desired_state.version", () => report().AppliedVersion, "{version}", "Version of the desired state that takes requests.");
        meter.CreateObservableCounter("fairlead.captured", () => report().Captured, "{request}", "Requests recorded in the capture log.");
        meter.CreateObservableCounter("fairlead.capture_lost", () => report().CaptureLost, "{request}", "Requests answered but not recorded: an alarm when above 0.");
    }

    /// <param name="group">What tells the server group, as <see cref="LabelsOf"/> makes it.</param>
    public void Record(KeyValuePair<string, object?>[] group, in Observation request)
    {
        if (!duration.Enabled)
            return;
        duration.Record(request.Latency / MicrosecondsPerSecond, group);
        queue.Record(request.Queue / MicrosecondsPerSecond, group);
        inference.Record(request.Inference / MicrosecondsPerSecond, group);
    }

    public static KeyValuePair<string, object?>[] LabelsOf(ServerGroupName group) =>
        [new("environment", group.Environment), new("service", group.Service), new("server_group", group.ToString())];

    public void Dispose() => meter.Dispose();

    private void AddGroups()
    {
        meter.CreateObservableCounter("fairlead.requests", Requests, "{request}", "Requests answered, by class of status.");
        meter.CreateObservableCounter("fairlead.capture.omitted", Omitted, "{request}", "Requests, or bodies of them, that are not in the capture log, by reason.");
        Count("fairlead.requests.shed", "{request}", "Requests refused since there was no room for them.", numbers => numbers.Shed);
        Count("fairlead.requests.overdue", "{request}", "Requests whose deadline was over before they had an answer.", numbers => numbers.Overdue);
        Count("fairlead.rows", "{row}", "Rows scored.", numbers => numbers.Rows);
        Count("fairlead.model.runs", "{run}", "Calls of the model.", numbers => numbers.Runs);
        Count("fairlead.model.run_rows", "{row}", "Rows in those calls.", numbers => numbers.RunRows);
        Count("fairlead.request.bytes", "By", "Bytes of request bodies.", numbers => numbers.BytesIn);
        Count("fairlead.response.bytes", "By", "Bytes of answers.", numbers => numbers.BytesOut);
        Gauge("fairlead.requests.in_flight", "{request}", "Requests under way.", group => group.Admission.UnderWay);
        Gauge("fairlead.requests.waiting", "{request}", "Requests that wait for their turn.", group => group.Admission.Waiting);
        Gauge("fairlead.requests.stuck", "{request}", "Requests past their deadline that still hold a thread.", group => group.Admission.Stuck);
        Gauge("fairlead.traffic.weight", "1", "Weight of the server group, 1 for all of the traffic.", group => (double)group.Weight / Weight.Whole);
    }

    private void AddShadows()
    {
        meter.CreateObservableCounter("fairlead.shadow.requests", () => Shadows(Compared), "{request}", "Copies that a shadow got, by how its answer compares with the client's.");
        meter.CreateObservableCounter("fairlead.shadow.dropped", () => Shadows(Dropped), "{request}", "Copies that never reached their shadow, by reason.");
        meter.CreateObservableGauge("fairlead.shadow.waiting", () => Shadows((lane, labels) => [new Measurement<long>(lane.Waiting, labels)]), "{request}", "Copies that wait for their shadow.");
    }

    private Histogram<double> Durations(string name, string description) =>
        meter.CreateHistogram(name, "s", description, tags: null, new InstrumentAdvice<double> { HistogramBucketBoundaries = Boundaries });

    private void Count(string name, string unit, string description, Func<GroupSnapshot, long> value) =>
        meter.CreateObservableCounter(name, () => routes.Current.Groups.Select(group => new Measurement<long>(value(group.Metrics.Snapshot()), LabelsOf(group.Name))), unit, description);

    private void Gauge(string name, string unit, string description, Func<LiveServerGroup, double> value) =>
        meter.CreateObservableGauge(name, () => routes.Current.Groups.Select(group => new Measurement<double>(value(group), LabelsOf(group.Name))), unit, description);

    private IEnumerable<Measurement<long>> Requests()
    {
        foreach (var group in routes.Current.Groups)
        {
            var (numbers, labels) = (group.Metrics.Snapshot(), LabelsOf(group.Name));
            for (var hundred = 2; hundred <= 5; hundred++)
                yield return new Measurement<long>(numbers.OfStatus(hundred), [.. labels, new("code", $"{hundred}xx")]);
        }
    }

    private IEnumerable<Measurement<long>> Omitted()
    {
        foreach (var group in routes.Current.Groups)
        {
            var (numbers, labels) = (group.Metrics.Snapshot(), LabelsOf(group.Name));
            foreach (var (reason, label) in CaptureReports.Labels)
                yield return new Measurement<long>(numbers.Omitted(reason), [.. labels, new("reason", label)]);
        }
    }

    private IEnumerable<Measurement<long>> Shadows(Func<ShadowLane, KeyValuePair<string, object?>[], IEnumerable<Measurement<long>>> measure) =>
        routes.Current.Groups.Where(group => group.Life.Shadow is not null).SelectMany(group => measure(group.Life.Shadow!, LabelsOf(group.Name)));

    private static IEnumerable<Measurement<long>> Compared(ShadowLane lane, KeyValuePair<string, object?>[] labels)
    {
        var numbers = lane.Numbers.Snapshot();
        yield return new Measurement<long>(numbers.Agreed, [.. labels, new("result", "agree")]);
        yield return new Measurement<long>(numbers.Differed, [.. labels, new("result", "differ")]);
        yield return new Measurement<long>(numbers.Failed, [.. labels, new("result", "failed")]);
    }

    private static IEnumerable<Measurement<long>> Dropped(ShadowLane lane, KeyValuePair<string, object?>[] labels)
    {
        var numbers = lane.Numbers.Snapshot();
        return ShadowReports.Reasons.Select(reason => new Measurement<long>(numbers.Dropped[(int)reason.Reason], [.. labels, new("reason", reason.Label)]));
    }
}
