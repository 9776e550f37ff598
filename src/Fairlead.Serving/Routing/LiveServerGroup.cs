using System.Text;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.Inference;
using Microsoft.Extensions.Primitives;

namespace Fairlead.Serving.Routing;

/// <summary>A server group that is loaded, with everything that its answers repeat made ready.</summary>
internal sealed class LiveServerGroup(DesiredServerGroup desired, IModelSession session, CaptureContext context)
{
    public ServerGroupName Name => desired.Name;

    public string Version { get; } = desired.Release.ToString();

    public int Weight => desired.Weight.Hundredths;

    public bool IsAcknowledged => desired.Service.Durability == CaptureDurability.Acknowledged;

    public IModelSession Session => session;

    /// <summary>One instance as long as the group lives, also across route tables.</summary>
    public CaptureContext Context => context;

    public StringValues NameHeader { get; } = desired.Name.ToString();

    public byte[] NameUtf8 { get; } = Encoding.UTF8.GetBytes(desired.Name.ToString());

    public byte[] VersionUtf8 { get; } = Encoding.UTF8.GetBytes(desired.Release.ToString());
}
