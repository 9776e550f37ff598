using Fairlead.Domain.Deployments;
using Fairlead.Serving.Routing;
using Fairlead.Serving.Shadows;
using Fairlead.Telemetry;

namespace Fairlead.Serving.Telemetry;

/// <summary>The part of <c>/metrics</c> that is about shadows; empty where there are none.</summary>
internal static class ShadowMetricsText
{
    private const string Requests = "fairlead_shadow_requests_total";
    private const string Dropped = "fairlead_shadow_dropped_total";
    private const string Difference = "fairlead_shadow_difference";
    private const string Duration = "fairlead_shadow_duration_seconds";
    private const string Waiting = "fairlead_shadow_waiting";
    private const string Mirror = "fairlead_mirror_ratio";

    public static void Write(MetricsText text, RouteTable table)
    {
        text.Begin(Mirror, "gauge", "Share of the requests that a server group gets a copy of as a shadow, 1 for all.");
        foreach (var group in table.Groups.Where(group => group.Mirror > 0))
            text.Sample(Mirror, (double)group.Mirror / Weight.Whole, GroupLabels.Of(group.Name));
        var shadows = table.Groups
            .Where(group => group.Life.Shadow is not null)
            .Select(group => (Lane: group.Life.Shadow!, Numbers: group.Life.Shadow!.Numbers.Snapshot(), Labels: GroupLabels.Of(group.Name)))
            .ToList();
        text.Begin(Requests, "counter", "Copies of requests that a shadow got, by how its answer compares with the client's.");
        foreach (var (_, numbers, labels) in shadows)
        {
            text.Sample(Requests, numbers.Agreed, labels + ",result=\"agree\"");
            text.Sample(Requests, numbers.Differed, labels + ",result=\"differ\"");
            text.Sample(Requests, numbers.Failed, labels + ",result=\"failed\"");
        }

        text.Begin(Dropped, "counter", "Copies of requests that never reached their shadow, by reason.");
        foreach (var (_, numbers, labels) in shadows)
        {
            foreach (var (reason, label) in ShadowReports.Reasons)
                text.Sample(Dropped, numbers.Dropped[(int)reason], $"{labels},reason=\"{label}\"");
        }

        text.Begin(Waiting, "gauge", "Copies of requests that wait for their shadow.");
        foreach (var (lane, _, labels) in shadows)
            text.Sample(Waiting, lane.Waiting, labels);
        text.Begin(Duration, "histogram", "What a shadow took to answer.");
        foreach (var (_, numbers, labels) in shadows)
            numbers.Durations.Write(text, Duration, labels, exemplar: null);
        text.Begin(Difference, "histogram", "Largest absolute difference between the floats of a shadow's answer and the client's.");
        foreach (var (_, numbers, labels) in shadows)
            text.Histogram(Difference, labels, ShadowNumbers.Bounds, numbers.Differences, numbers.DifferenceSum);
    }
}
