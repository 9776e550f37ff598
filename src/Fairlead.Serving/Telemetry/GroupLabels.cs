using Fairlead.Domain.Deployments;
using Fairlead.Telemetry;

namespace Fairlead.Serving.Telemetry;

/// <summary>The labels by which all numbers of a server group are found.</summary>
internal static class GroupLabels
{
    public static string Of(ServerGroupName group) =>
        $"{MetricsText.Label("environment", group.Environment)},{MetricsText.Label("service", group.Service)},{MetricsText.Label("server_group", group.ToString())}";
}
