using System.Text.Json;
using Fairlead.Delivery.Hosts;
using Fairlead.Domain.Notices;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Pipelines.Driving;
using Fairlead.Telemetry;

namespace Fairlead.Web.Metrics;

/// <summary>What the control plane tells of itself to whoever scrapes it: how its queues stand now, and what was measured since it began.</summary>
internal sealed class ControlMetrics(
    IExecutionCatalog executions, INoticeCatalog notices, PipelineEngine engine, HostReports hosts, MeasuredInstruments instruments, TimeProvider time)
{
    private const string Gauge = "gauge";
    private const int MostOpen = 10_000;

    public async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        var text = new MetricsText();
        await WriteExecutionsAsync(text, cancellationToken).ConfigureAwait(false);
        await WriteNoticesAsync(text, cancellationToken).ConfigureAwait(false);
        var known = hosts.Latest;
        text.Begin("fairlead_hosts", Gauge, "Hosts that were heard of in the last minutes.");
        text.Sample("fairlead_hosts", known.Count(host => host.IsReachable), MetricsText.Label("state", "reachable"));
        text.Sample("fairlead_hosts", known.Count(host => !host.IsReachable), MetricsText.Label("state", "silent"));
        instruments.Write(text);
        ProcessMetrics.Write(text);
        return text.Complete();
    }

    private async Task WriteExecutionsAsync(MetricsText text, CancellationToken cancellationToken)
    {
        var counts = await executions.CountAsync(cancellationToken).ConfigureAwait(false);
        text.Begin("fairlead_executions", Gauge, "Executions of pipelines by status, ended ones included.");
        foreach (var status in Enum.GetValues<ExecutionStatus>())
            text.Sample("fairlead_executions", counts.GetValueOrDefault(status), MetricsText.Label("status", JsonNamingPolicy.CamelCase.ConvertName(status.ToString())));
        var open = await executions.ListAsync(new ExecutionFilter { IsOpen = true, Limit = MostOpen }, cancellationToken).ConfigureAwait(false);
        var (judging, active, settled) = (open.Sum(one => one.Judging.Count), open.Sum(one => one.Active.Count), open.Sum(one => one.Settled));
        text.Begin("fairlead_stages", Gauge, "Stages of the executions that have not ended.");
        text.Sample("fairlead_stages", active - judging, MetricsText.Label("state", "active"));
        text.Sample("fairlead_stages", judging, MetricsText.Label("state", "judging"));
        text.Sample("fairlead_stages", settled, MetricsText.Label("state", "settled"));
        text.Sample("fairlead_stages", open.Sum(one => one.Stages) - active - settled, MetricsText.Label("state", "waiting"));
        text.Single("fairlead_judgments_waiting", Gauge, "Judgments that wait for people.", judging);
        text.Single("fairlead_executions_paused", Gauge, "Executions that somebody paused.", open.Count(one => one.IsPaused));
        text.Single("fairlead_executions_stalled", Gauge, "Executions with an activity that gave no sign of life for long.", open.Count(one => one.Stalled is not null));
        text.Single("fairlead_leases_held", Gauge, "Executions that this control plane drives.", engine.Driven);
        text.Single("fairlead_leases_missing", Gauge, "Executions that have not ended and that this control plane does not drive: another does, or nobody yet.", Math.Max(0, open.Count - engine.Driven));
    }

    private async Task WriteNoticesAsync(MetricsText text, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var channels = await notices.ListBacklogsAsync(cancellationToken).ConfigureAwait(false);
        text.Begin("fairlead_notices", Gauge, "Messages by channel and by what became of them, of those that are kept.");
        foreach (var channel in channels)
        {
            var label = MetricsText.Label("channel", channel.Channel);
            text.Sample("fairlead_notices", channel.Waiting, $"{label},{MetricsText.Label("status", "waiting")}");
            text.Sample("fairlead_notices", channel.Delivered, $"{label},{MetricsText.Label("status", "delivered")}");
            text.Sample("fairlead_notices", channel.Dead, $"{label},{MetricsText.Label("status", "dead")}");
        }

        text.Begin("fairlead_notices_oldest_seconds", Gauge, "How long the oldest message of a channel has waited; 0 where none does.");
        foreach (var channel in channels)
            text.Sample("fairlead_notices_oldest_seconds", channel.OldestAt is { } at ? Math.Max(0, (now - at).TotalSeconds) : 0, MetricsText.Label("channel", channel.Channel));
    }
}
