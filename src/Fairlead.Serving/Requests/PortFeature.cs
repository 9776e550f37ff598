using Microsoft.AspNetCore.Http.Features;

namespace Fairlead.Serving.Requests;

/// <summary>Carries the environment's own port that a call came by to where only its features go.</summary>
internal sealed class PortFeature(int port)
{
    public int Port => port;

    /// <summary>0 for the ports that all environments have in common.</summary>
    public static int Of(IFeatureCollection features) => features.Get<PortFeature>()?.Port ?? 0;
}
