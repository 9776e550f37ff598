using Fairlead.Domain.Deployments;
using Fairlead.Serving.Capturing;
using Fairlead.Serving.Routing;
using Fairlead.Telemetry;

namespace Fairlead.Serving.Telemetry;

/// <summary>The part of <c>/metrics</c> that is told by server group: rate, errors and duration, with queue and inference apart.</summary>
internal static class GroupMetricsText
{
    private const string Counter = "counter";
    private const string Gauge = "gauge";

    public static void Write(MetricsText text, RouteTable table)
    {
        var groups = table.Groups.Select(group => new Entry(group, group.Metrics.Snapshot(), GroupLabels.Of(group.Name))).ToList();
        WriteRequests(text, groups);
        Family(text, groups, "fairlead_requests_shed_total", Counter, "Requests refused since there was no room for them.", entry => entry.Numbers.Shed);
        Family(text, groups, "fairlead_requests_overdue_total", Counter, "Requests whose deadline was over before they had an answer.", entry => entry.Numbers.Overdue);
        Family(text, groups, "fairlead_rows_total", Counter, "Rows scored.", entry => entry.Numbers.Rows);
        Family(text, groups, "fairlead_model_runs_total", Counter, "Calls of the model; one may score the rows of several requests.", entry => entry.Numbers.Runs);
        Family(text, groups, "fairlead_model_run_rows_total", Counter, "Rows in those calls.", entry => entry.Numbers.RunRows);
        Family(text, groups, "fairlead_request_bytes_total", Counter, "Bytes of request bodies.", entry => entry.Numbers.BytesIn);
        Family(text, groups, "fairlead_response_bytes_total", Counter, "Bytes of answers.", entry => entry.Numbers.BytesOut);
        Family(text, groups, "fairlead_requests_in_flight", Gauge, "Requests under way.", entry => entry.Group.Admission.UnderWay);
        Family(text, groups, "fairlead_requests_waiting", Gauge, "Requests that wait for their turn.", entry => entry.Group.Admission.Waiting);
        Family(text, groups, "fairlead_requests_stuck", Gauge, "Requests past their deadline that still hold a thread.", entry => entry.Group.Admission.Stuck);
        Family(text, groups, "fairlead_traffic_weight_ratio", Gauge, "Weight of the server group, 1 for all of the traffic.", entry => (double)entry.Group.Weight / Weight.Whole);

        WriteOmissions(text, groups);

        // A group that nobody asked has no durations: a thousand sleeping environments cost a thousand lines less each.
        var asked = groups.Where(entry => entry.Numbers.Requests > 0).ToList();
        Histograms(text, asked, "fairlead_request_duration_seconds", "From the arrival of a request to the hand-over of its answer.", entry => entry.Numbers.Latency, isExemplified: true);
        Histograms(text, asked, "fairlead_request_queue_seconds", "Waiting for a turn, a model or company in a batch.", entry => entry.Numbers.Queue, isExemplified: false);
        Histograms(text, asked, "fairlead_inference_duration_seconds", "In the model, or in the instance of a command service.", entry => entry.Numbers.Inference, isExemplified: false);
    }

    private static void WriteRequests(MetricsText text, List<Entry> groups)
    {
        const string Name = "fairlead_requests_total";
        text.Begin(Name, Counter, "Requests answered, by class of status.");
        foreach (var (_, numbers, labels) in groups)
        {
            for (var hundred = 2; hundred <= 5; hundred++)
                text.Sample(Name, numbers.OfStatus(hundred), $"{labels},code=\"{hundred}xx\"");
        }
    }

    private static void WriteOmissions(MetricsText text, List<Entry> groups)
    {
        const string Name = "fairlead_capture_omitted_total";
        text.Begin(Name, Counter, "Requests, or bodies of them, that are not in the capture log, by reason.");
        foreach (var (_, numbers, labels) in groups)
        {
            foreach (var (reason, label) in CaptureReports.Labels)
                text.Sample(Name, numbers.Omitted(reason), $"{labels},reason=\"{label}\"");
        }
    }

    private static void Family(MetricsText text, List<Entry> groups, string name, string type, string help, Func<Entry, double> value)
    {
        text.Begin(name, type, help);
        foreach (var entry in groups)
            text.Sample(name, value(entry), entry.Labels);
    }

    private static void Histograms(MetricsText text, List<Entry> groups, string name, string help, Func<Entry, Histogram> histogram, bool isExemplified)
    {
        text.Begin(name, "histogram", help);
        foreach (var entry in groups)
            histogram(entry).Write(text, name, entry.Labels, isExemplified ? entry.Numbers.ExemplarBelow : null);
    }

    private sealed record Entry(LiveServerGroup Group, GroupSnapshot Numbers, string Labels);
}
