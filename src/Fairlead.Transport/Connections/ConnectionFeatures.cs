using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Fairlead.Transport.Connections;

/// <summary>What the server asks of a connection, all of it answered by the connection itself.</summary>
internal static class ConnectionFeatures
{
    private const int Usual = 16;

    public static IFeatureCollection Of(LoopConnection connection)
    {
        var features = new FeatureCollection(Usual);
        features.Set<IConnectionIdFeature>(connection);
        features.Set<IConnectionTransportFeature>(connection);
        features.Set<IConnectionItemsFeature>(connection);
        features.Set<IConnectionLifetimeFeature>(connection);
        features.Set<IConnectionEndPointFeature>(connection);
        features.Set<IMemoryPoolFeature>(connection);
        features.Set<IEventLoopFeature>(connection);
        return features;
    }
}
