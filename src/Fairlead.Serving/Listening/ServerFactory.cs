using System.Net;
using Fairlead.Grpc.Server;
using Fairlead.Transport.Listening;
using Fairlead.Transport.Loops;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fairlead.Serving.Listening;

/// <summary>Makes the servers that listen: HTTP/1.1, HTTP/2 and gRPC in cleartext on each port, with a bound for everything that a client can make large or slow.</summary>
internal sealed class ServerFactory(HostOptions options, TimeProvider time, ILoggerFactory loggers) : IDisposable
{
    /// <summary>Before a slow body counts as too slow.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);
    private readonly EventLoopGroup? loops = options.UsesEventLoops ? new EventLoopGroup(time, loggers) : null;

    /// <summary>Where the connections live; none with the server's own transport.</summary>
    public IReadOnlyList<EventLoop> Loops => loops?.Loops ?? [];

    public KestrelServer Create(int port)
    {
        var kestrel = new KestrelServerOptions { AddServerHeader = false };
        Bound(kestrel.Limits, options);
        if (options.Address == HostOptions.LocalHost && port > 0)
            kestrel.ListenLocalhost(port, Configure);
        else
            kestrel.Listen(options.IpAddress, port, Configure);
        IConnectionListenerFactory transport = loops is null
            ? new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers)
            : new EventLoopTransport(loops, time, loggers);
        return new KestrelServer(Options.Create(kestrel), transport, loggers);
    }

    /// <summary>After the servers: breaks what connections they left.</summary>
    public void Dispose() => loops?.Dispose();

    private static void Bound(KestrelServerLimits limits, HostOptions options)
    {
        // The handlers limit bodies themselves, so that the answer says how long they may be.
        limits.MaxRequestBodySize = null;
        limits.MaxConcurrentConnections = options.MaxConnections;
        limits.MaxConcurrentUpgradedConnections = options.MaxConnections;
        limits.MaxRequestHeaderCount = 100;
        limits.MaxRequestHeadersTotalSize = 32 * 1024;
        limits.MaxRequestLineSize = 8 * 1024;
        limits.RequestHeadersTimeout = options.HeaderTimeout;
        limits.KeepAliveTimeout = options.KeepAliveTimeout;
        limits.MinRequestBodyDataRate = new MinDataRate(options.MinBytesPerSecond, Grace);
        limits.MinResponseDataRate = new MinDataRate(options.MinBytesPerSecond, Grace);
        limits.Http2.MaxStreamsPerConnection = 256;
        limits.Http2.MaxRequestHeaderFieldSize = 16 * 1024;
        limits.Http2.InitialConnectionWindowSize = 4 * 1024 * 1024;
        limits.Http2.InitialStreamWindowSize = 1024 * 1024;
        limits.Http2.KeepAlivePingDelay = options.KeepAliveTimeout;
    }

    private void Configure(ListenOptions listen) => listen.UseCleartextHttp2Detection(time, options.KeepAliveTimeout);
}
