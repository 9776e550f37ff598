using Fairlead.Domain.Predictions;
using Fairlead.Serving.Predicting;
using Fairlead.Serving.Routing;

namespace Fairlead.Serving.Forwarding;

/// <summary>Where a request goes that no model of this process answers.</summary>
/// <param name="Group">Of a command service, and ready.</param>
/// <param name="Path">What the instance gets, decoded, without the query, beginning with a slash.</param>
/// <param name="IsGrpc">The client speaks gRPC: it is told of problems by a gRPC status.</param>
internal readonly record struct ForwardTarget(LiveServerGroup Group, string Path, bool IsGrpc, Arrival Arrival, PredictionId Id)
{
    /// <summary>How the server group was chosen.</summary>
    public RouteKind Route { get; init; }

    /// <summary>Set for the copy of a call: the prediction that the client got.</summary>
    public PredictionId? ShadowOf { get; init; }

    /// <summary>Server groups that get a copy.</summary>
    public IReadOnlyList<LiveServerGroup> Shadows { get; init; } = [];
}
