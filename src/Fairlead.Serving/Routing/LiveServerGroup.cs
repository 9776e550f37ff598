using System.Text;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Serving.Capturing;
using Fairlead.Serving.Limits;
using Fairlead.Serving.Telemetry;
using Microsoft.Extensions.Primitives;

namespace Fairlead.Serving.Routing;

/// <summary>A server group that can answer, with everything that its answers repeat made ready.</summary>
internal sealed class LiveServerGroup(DesiredServerGroup desired, GroupLife life)
{
    public ServerGroupName Name => desired.Name;

    /// <summary>What clients call it.</summary>
    public string Version { get; } = desired.Version ?? desired.Release.ToString();

    public int Weight => desired.Weight.Hundredths;

    /// <summary>Share of the requests to its service that it gets a copy of, hundredths of a percent.</summary>
    public int Mirror => desired.Mirror.Hundredths;

    /// <summary>True for a group that a canary is compared with.</summary>
    public bool IsBaseline => desired.IsBaseline is true;

    /// <summary>The experiment that it is an arm of, or null.</summary>
    public string? Experiment => desired.Experiment;

    public ReleasedService Service => desired.Service;

    public bool IsAcknowledged => desired.Service.Durability == CaptureDurability.Acknowledged;

    /// <summary>One instance as long as the group lives, also across route tables; so are the three below.</summary>
    public GroupLife Life => life;

    public GroupWork Work => life.Work;

    public GroupCapture Capture => life.Capture;

    public Admission Admission => life.Admission;

    public GroupMetrics Metrics => life.Metrics;

    public StringValues NameHeader { get; } = desired.Name.ToString();

    public byte[] NameUtf8 { get; } = Encoding.UTF8.GetBytes(desired.Name.ToString());

    public byte[] VersionUtf8 { get; } = Encoding.UTF8.GetBytes(desired.Version ?? desired.Release.ToString());
}
