using Fairlead.Grpc.Server;
using Fairlead.Serving.Routing;

namespace Fairlead.Serving.Rpc;

/// <summary>
/// What the gRPC health service tells: the host serves when it has a desired state, and a service of the project, by its name, when
/// somewhere its server groups take traffic and are ready.
/// </summary>
internal sealed class RouteHealth(RouteSource routes) : IGrpcHealthSource
{
    private const string InferenceService = "inference.GRPCInferenceService";

    public Task NextChange => routes.NextChange;

    public bool? IsServing(string service)
    {
        var table = routes.Enter();
        try
        {
            if (service.Length == 0 || service == InferenceService)
                return table.Version > 0;
            bool? isServing = null;
            foreach (var environment in table.Routes)
            {
                if (environment.Find(service) is { } route)
                    isServing = isServing == true || route is { IsEnabled: true, Unready: null };
            }

            return isServing;
        }
        finally
        {
            table.Leave();
        }
    }
}
