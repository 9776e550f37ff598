using System.Net;
using Fairlead.Grpc.Server;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Fairlead.Bench.Peer;

/// <summary>The host's own gRPC server with one method that reads a message and answers an empty one: its price without any work.</summary>
internal static class EmptyGrpcPeer
{
    public const string Path = "/bench.Peer/Empty";

    public static async Task<int> RunAsync()
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Listen(IPAddress.Loopback, 0, listen => listen.UseCleartextHttp2Detection(TimeProvider.System));
        var loggers = NullLoggerFactory.Instance;
        using var server = new KestrelServer(Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers), loggers);
        var grpc = new GrpcServer(new GrpcServerOptions { Time = TimeProvider.System }, NullLogger.Instance, new Service());
        await server.StartAsync(new Application(grpc), CancellationToken.None);
        PeerRole.SayListening(server.Features.Get<IServerAddressesFeature>()!.Addresses.First());
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        return 0;
    }

    private static async ValueTask AnswerAsync(GrpcServerCall call)
    {
        await call.ReadUnaryAsync();
        call.Write([]);
    }

    private sealed class Service : IGrpcService
    {
        public IEnumerable<GrpcMethod> Methods => [new GrpcMethod(Path, AnswerAsync)];
    }

    private sealed class Application(GrpcServer grpc) : IHttpApplication<IFeatureCollection>
    {
        public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

        public Task ProcessRequestAsync(IFeatureCollection context) => grpc.HandleAsync(context);

        public void DisposeContext(IFeatureCollection context, Exception? exception)
        {
            // Nothing was made.
        }
    }
}
