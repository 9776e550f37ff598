using Fairlead.Serving.Limits;
using Fairlead.Serving.Requests;
using Fairlead.Serving.Routing;
using Fairlead.Serving.Sessions;
using Fairlead.Serving.States;
using Fairlead.Telemetry;
using Fairlead.Transport.Loops;

namespace Fairlead.Serving.Telemetry;

/// <summary>Answers <c>/metrics</c>.</summary>
internal sealed class MetricsHandler(RouteSource routes, HostStatus status, SessionPool sessions, ByteBudget budget, IReadOnlyList<EventLoop> loops)
{
    private const string OpenMetrics = "application/openmetrics-text";

    public Task HandleAsync(Exchange exchange)
    {
        var isOpen = exchange.RequestHeaders.Accept.ToString().Contains(OpenMetrics, StringComparison.OrdinalIgnoreCase);
        var text = new MetricsText(isOpen);
        GroupMetricsText.Write(text, routes.Current);
        ShadowMetricsText.Write(text, routes.Current);
        WriteHost(text);
        ProcessMetrics.Write(text);
        return exchange.AnswerAsync(200, text.Complete(), isOpen ? MetricsText.OpenType : MetricsText.PlainType);
    }

    private void WriteHost(MetricsText text)
    {
        var report = status.Report();
        text.Single("fairlead_desired_state_version", "gauge", "Version of the desired state that takes requests.", report.AppliedVersion);
        text.Single("fairlead_desired_state_refused", "gauge", "1 when the last desired state could not be applied.", report.RefusedVersion is null ? 0 : 1);
        text.Single("fairlead_server_groups", "gauge", "Server groups that can answer.", routes.Current.Groups.Count);
        text.Single("fairlead_server_groups_pending", "gauge", "Server groups that are being made ready.", report.Pending.Count);
        text.Single("fairlead_server_groups_failed", "gauge", "Server groups of the last desired state that could not be made ready.", report.Failures.Count);
        text.Single("fairlead_captured_total", "counter", "Requests recorded in the capture log.", report.Captured);
        text.Single("fairlead_capture_lost_total", "counter", "Requests answered but not recorded: an alarm when above 0.", report.CaptureLost);
        text.Single("fairlead_models_loaded", "gauge", "Models and chains in memory.", sessions.Count);
        text.Single("fairlead_models_memory_bytes", "gauge", "Memory that they take, as near as the engine knows.", sessions.Bytes);
        text.Single("fairlead_request_body_memory_bytes", "gauge", "Memory of the requests under way: bodies, messages, tensors and answers of more than a megabyte.", budget.Taken);
        WriteLoops(text);
        text.Begin("fairlead_instances", "gauge", "Instances of command services by state.");
        foreach (var state in report.Instances.GroupBy(instance => (instance.ServerGroup, instance.State)))
            text.Sample("fairlead_instances", state.Count(), $"{GroupLabels.Of(state.Key.ServerGroup)},state=\"{state.Key.State.ToString().ToLowerInvariant()}\"");
        text.Begin("fairlead_instance_restarts_total", "counter", "Restarts of instances of command services.");
        foreach (var group in report.Instances.GroupBy(instance => instance.ServerGroup))
            text.Sample("fairlead_instance_restarts_total", group.Sum(instance => instance.Restarts), GroupLabels.Of(group.Key));
    }

    private void WriteLoops(MetricsText text)
    {
        if (loops.Count == 0)
            return;
        text.Begin("fairlead_event_loop_sockets", "gauge", "Sockets that each event loop waits for.");
        foreach (var loop in loops)
            text.Sample("fairlead_event_loop_sockets", loop.Watched, $"loop=\"{loop.Number}\"");
        text.Begin("fairlead_event_loop_long_iterations_total", "counter", "Times that an event loop was held up for more than 10 ms.");
        foreach (var loop in loops)
            text.Sample("fairlead_event_loop_long_iterations_total", loop.LongIterations, $"loop=\"{loop.Number}\"");
    }
}
