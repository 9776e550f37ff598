using System.Net;
using Fairlead.Grpc.Protocols.Inference;
using Fairlead.Grpc.Server;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace Fairlead.Grpc.Tests.Peers;

/// <summary>A bare server on a free port: gRPC, and for every other request its protocol, scheme, method and path as text.</summary>
public sealed class TestServer : IAsyncLifetime, IHttpApplication<IFeatureCollection>
{
    public const int MaxMessageBytes = 100_000;

    private readonly KestrelServer server;
    private readonly GrpcServer grpc;

    public TestServer()
        : this(TimeProvider.System)
    {
    }

    internal TestServer(TimeProvider time, TimeSpan? silence = null)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Listen(IPAddress.Loopback, 0, listen => listen.UseCleartextHttp2Detection(time, silence));
        server = new KestrelServer(Options.Create(options), new SocketTransportFactory(Options.Create(new SocketTransportOptions()), Logger), Logger);
        grpc = new GrpcServer(
            new GrpcServerOptions { Time = time, MaxMessageBytes = MaxMessageBytes, MapException = Map },
            Logger,
            Echo,
            new GrpcHealthService(Health),
            new GrpcReflectionService([EchoReflection.Descriptor, MarksReflection.Descriptor, GrpcServiceReflection.Descriptor, Protocols.Health.V1.HealthReflection.Descriptor]));
    }

    public int Port { get; private set; }

    public Uri Url => new($"http://127.0.0.1:{Port}");

    internal EchoService Echo { get; } = new();

    internal HealthBoard Health { get; } = new();

    internal MemoryLogger Logger { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await server.StartAsync(this, CancellationToken.None);
        Port = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
    }

    public Task StopAsync(CancellationToken cancellationToken) => server.StopAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await server.StopAsync(new CancellationToken(canceled: true));
        server.Dispose();
    }

    IFeatureCollection IHttpApplication<IFeatureCollection>.CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    void IHttpApplication<IFeatureCollection>.DisposeContext(IFeatureCollection context, Exception? exception)
    {
        // The features are the server's own.
    }

    Task IHttpApplication<IFeatureCollection>.ProcessRequestAsync(IFeatureCollection context)
    {
        var request = context.GetRequiredFeature<IHttpRequestFeature>();
        if (request.Path.StartsWith("/rest", StringComparison.Ordinal))
            return context.GetRequiredFeature<IHttpResponseBodyFeature>().Writer.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"{request.Protocol} {request.Scheme} {request.Method} {request.Path}")).AsTask();
        return request.Path.StartsWith(RawAnswers.Root, StringComparison.Ordinal) ? RawAnswers.AnswerAsync(context, request.Path) : grpc.HandleAsync(context);
    }

    private static GrpcException? Map(Exception exception) =>
        exception is KeyNotFoundException ? new GrpcException(GrpcStatusCode.NotFound, exception.Message) : null;
}
