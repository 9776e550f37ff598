using Fairlead.Domain.Deployments;
using Fairlead.Serving.Instances;
using Fairlead.Serving.Routing;

namespace Fairlead.Serving.States;

/// <summary>How the server groups of a route table are, for those who move their traffic.</summary>
internal static class ServerGroupReports
{
    private const int ServerErrors = 5;
    private const double MicrosecondsPerSecond = 1e6;

    /// <summary>Those that answered something, or run instances.</summary>
    public static IReadOnlyList<ServerGroupReport> Of(RouteTable table, InstancePool? instances)
    {
        var reports = new List<ServerGroupReport>();
        foreach (var group in table.Groups)
        {
            var numbers = group.Metrics.Snapshot();
            var count = instances?.Count(group.Name);
            if (numbers.Requests == 0 && numbers.Shed == 0 && count is null)
                continue;
            var usage = instances?.TakeUsage(group.Name);
            reports.Add(new ServerGroupReport
            {
                ServerGroup = group.Name,
                Answered = numbers.Requests,
                Errors = numbers.OfStatus(ServerErrors),
                Shed = numbers.Shed,
                Waiting = group.Admission.Waiting,
                InferenceSeconds = numbers.Inference.Sum / MicrosecondsPerSecond,
                ProcessorSeconds = usage?.Processor.TotalSeconds,
                MemoryBytes = usage?.Memory,
                Instances = count?.Wanted,
                Ready = count?.Ready,
            });
        }

        return reports;
    }
}
