using Fairlead.Domain.Problems;
using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Grpc.Server;
using Fairlead.Serving.Describing;
using Fairlead.Serving.Requests;
using Fairlead.Serving.Routing;
using Google.Protobuf;

namespace Fairlead.Serving.Rpc;

/// <summary>The rest of the inference service by gRPC: what the host and its models are, have done, whether they are ready, and which there are.</summary>
internal sealed class DescriptionService(RouteSource routes, RepositoryDirectory repository) : IGrpcService
{
    private const string Prefix = "/inference.GRPCInferenceService/";

    public IEnumerable<GrpcMethod> Methods =>
    [
        Method("ServerLive", ServerLiveRequest.Parser, (_, _, _) => new ServerLiveResponse { Live = true }),
        Method("ServerReady", ServerReadyRequest.Parser, (_, exchange, table) => Checked(table, exchange, new ServerReadyResponse { Ready = table.Version > 0 })),
        Method("ServerMetadata", ServerMetadataRequest.Parser, (_, exchange, table) => Checked(table, exchange, new ServerMetadataResponse { Name = ServerDescription.Name, Version = ServerDescription.Version, Extensions = { ServerDescription.Extensions } })),
        Method("ModelReady", ModelReadyRequest.Parser, (request, exchange, table) => new ModelReadyResponse { Ready = IsReady(table, exchange, request.Name, request.Version) }),
        Method("ModelMetadata", ModelMetadataRequest.Parser, (request, exchange, table) => Describe(table, exchange, request.Name, request.Version, ModelDescriptions.Metadata)),
        Method("ModelConfig", ModelConfigRequest.Parser, (request, exchange, table) => new ModelConfigResponse { Config = Describe(table, exchange, request.Name, request.Version, ModelDescriptions.Config) }),
        Method("ModelStatistics", ModelStatisticsRequest.Parser, (request, exchange, table) => new ModelStatisticsResponse { ModelStats = { Groups(table, exchange, request).Select(ModelDescriptions.Statistics) } }),
        Method("RepositoryIndex", RepositoryIndexRequest.Parser, Index),
        new(Prefix + "RepositoryModelLoad", LoadAsync),
        new(Prefix + "RepositoryModelUnload", UnloadAsync),
    ];

    private GrpcMethod Method<TRequest>(string name, MessageParser<TRequest> parser, Func<TRequest, Exchange, RouteTable, IMessage> answer)
        where TRequest : IMessage<TRequest> =>
        new(Prefix + name, async call =>
        {
            await call.ReadUnaryAsync().ConfigureAwait(false);
            var request = call.Parse(parser);
            var table = routes.Enter();
            try
            {
                call.Write(answer(request, new Exchange(call.Features, ListeningPort.Of(call.Features)), table));
            }
            finally
            {
                table.Leave();
            }
        });

    private static IMessage Checked(RouteTable table, in Exchange exchange, IMessage answer)
    {
        RouteFinder.CheckEnvironment(table, HostPath.Parse(exchange.Path).Environment, exchange);
        return answer;
    }

    private static bool IsReady(RouteTable table, in Exchange exchange, string name, string version)
    {
        var service = Find(table, exchange, name);
        if (version.Length == 0)
            return service is { IsEnabled: true, Unready: null };
        return RouteFinder.FindVersion(service, version).Work.IsReady;
    }

    private static T Describe<T>(RouteTable table, in Exchange exchange, string name, string version, Func<ServiceRoute, LiveServerGroup, T> describe)
    {
        var service = Find(table, exchange, name);
        var group = version.Length == 0 ? service.Principal : RouteFinder.FindVersion(service, version);
        return service.Command is null ? describe(service, group) : throw RouteFinder.IsCommand(service);
    }

    private static IEnumerable<LiveServerGroup> Groups(RouteTable table, in Exchange exchange, ModelStatisticsRequest request)
    {
        if (request.Name.Length == 0)
            return RepositoryDirectory.Models(Environment(table, exchange)).SelectMany(service => service.Groups);
        var service = Find(table, exchange, request.Name);
        return request.Version.Length == 0 ? service.Groups : [RouteFinder.FindVersion(service, request.Version)];
    }

    private static ServiceRoute Find(RouteTable table, in Exchange exchange, string name) =>
        RouteFinder.FindService(table, HostPath.Parse(exchange.Path).Environment, name, exchange);

    /// <summary>Null when nothing is deployed: lists are empty then, and nothing is unknown.</summary>
    private static EnvironmentRoutes? Environment(RouteTable table, in Exchange exchange) =>
        table.Groups.Count == 0 ? null : RouteFinder.FindEnvironment(table, HostPath.Parse(exchange.Path).Environment, exchange);

    private RepositoryIndexResponse Index(RepositoryIndexRequest request, Exchange exchange, RouteTable table) => new()
    {
        Models =
        {
            repository.Index(Environment(table, exchange), request.Ready).Select(entry => new RepositoryIndexResponse.Types.ModelIndex
            {
                Name = entry.Name,
                Version = entry.Version,
                State = entry.State,
                Reason = entry.Reason,
            }),
        },
    };

    /// <exception cref="FairleadException">Invalid, NotFound.</exception>
    private async ValueTask LoadAsync(GrpcServerCall call)
    {
        await call.ReadUnaryAsync().ConfigureAwait(false);
        await repository.LoadAsync(call.Parse(RepositoryModelLoadRequest.Parser).ModelName, call.Cancelled).ConfigureAwait(false);
        call.Write(new RepositoryModelLoadResponse());
    }

    /// <exception cref="FairleadException">Invalid, NotFound.</exception>
    private async ValueTask UnloadAsync(GrpcServerCall call)
    {
        await call.ReadUnaryAsync().ConfigureAwait(false);
        await repository.UnloadAsync(call.Parse(RepositoryModelUnloadRequest.Parser).ModelName, call.Cancelled).ConfigureAwait(false);
        call.Write(new RepositoryModelUnloadResponse());
    }
}
