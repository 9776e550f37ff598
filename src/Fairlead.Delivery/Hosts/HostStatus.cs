using Fairlead.Domain.Deployments;

namespace Fairlead.Delivery.Hosts;

/// <summary>The latest report of a host.</summary>
/// <param name="ReceivedAt">When it came.</param>
/// <param name="IsReachable">False when the host has been silent for longer than <see cref="HostReports.SilentAfter"/>.</param>
public sealed record HostStatus(HostReport Report, DateTimeOffset ReceivedAt, bool IsReachable);
