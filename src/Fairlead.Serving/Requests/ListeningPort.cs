using Microsoft.AspNetCore.Http.Features;

namespace Fairlead.Serving.Requests;

/// <summary>The port that requests come by, carried among the features of a call to where only those go.</summary>
/// <param name="IsCommon">It answers all environments, although one may call it its own; else it is there for the one that declares it, and for no other.</param>
internal sealed record ListeningPort(int Number, bool IsCommon)
{
    /// <summary>The one that is always there and that no environment declares.</summary>
    public static ListeningPort First { get; } = new(0, IsCommon: true);

    public static ListeningPort Of(IFeatureCollection features) => features.Get<ListeningPort>() ?? First;
}
