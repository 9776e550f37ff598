using System.Text.Json;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Serialization;
using Fairlead.Serving.Capturing;
using Fairlead.Serving.Instances;
using Fairlead.Serving.Listening;
using Fairlead.Serving.Predicting;
using Fairlead.Serving.Requests;
using Fairlead.Serving.Routing;
using Fairlead.Serving.Shadows;

namespace Fairlead.Serving.States;

/// <summary>What the host says of itself, to the control plane and to whoever asks.</summary>
internal sealed class HostStatus(DesiredStateApplier applier, RouteSource routes, PortListeners ports, InstancePool? instances, HostCounters counters, ICaptureLog log, TimeProvider time)
{
    private readonly DateTimeOffset startedAt = time.GetUtcNow();

    /// <summary>Where the host listens; known once it does.</summary>
    public string Url { get; set; } = "";

    public HostReport Report()
    {
        var last = applier.Last;
        return new HostReport
        {
            ProcessId = Environment.ProcessId,
            Url = Url,
            StartedAt = startedAt,
            AppliedVersion = last.AppliedVersion,
            RefusedVersion = last.RefusedVersion,
            Failures = last.Failures,
            Pending = last.Pending,
            Warnings = ports.Warnings,
            Captures = CaptureReports.Of(routes.Current),
            Shadows = ShadowReports.Of(routes.Current),
            Groups = ServerGroupReports.Of(routes.Current, instances),
            Instances = instances?.Report() ?? [],
            Answered = counters.Answered,
            Captured = log.Captured,
            CaptureLost = log.Lost,
        };
    }

    public Task HandleAsync(Exchange exchange) => exchange.AnswerAsync(200, JsonSerializer.SerializeToUtf8Bytes(Report(), DomainJson.Default.HostReport));
}
