using System.Net;
using Fairlead.Serving.Forwarding.Http1;
using Fairlead.Transport.Loops;

namespace Fairlead.Serving.Forwarding;

/// <summary>The way to one running instance: kept connections of HTTP/1.1, and a client of HTTP/2 when it is spoken. Lives as long as the program.</summary>
internal sealed class Upstream : IDisposable
{
    /// <summary>Many servers close a connection that is idle for 5 seconds, and some do so earlier.</summary>
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(4);
    private readonly TimeProvider time;
    private readonly EndPoint endPoint;

    // The first is for calls that no loop carries, the others for one loop each.
    private readonly IdleConnections[] idle = [.. Enumerable.Range(0, 1 + Environment.ProcessorCount).Select(_ => new IdleConnections())];
    private readonly Lazy<HttpMessageInvoker> http2 = new(CreateHttp2);

    public Upstream(Uri address, TimeProvider time)
    {
        Address = address;
        this.time = time;
        endPoint = IPAddress.TryParse(address.Host, out var ip) ? new IPEndPoint(ip, address.Port) : new DnsEndPoint(address.Host, address.Port);
    }

    public Uri Address { get; }

    public HttpMessageInvoker Http2 => http2.Value;

    /// <summary>A kept connection of the loop that this runs on, the one that was used last; null when there is none.</summary>
    public UpstreamConnection? TryRent()
    {
        var home = Home(EventLoop.Current);
        while (home.TryTake() is { } connection)
        {
            if (!IsOld(connection) && connection.IsQuiet)
                return connection;
            connection.Dispose();
        }

        return null;
    }

    /// <exception cref="System.Net.Sockets.SocketException">Nobody listens there.</exception>
    public ValueTask<UpstreamConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var loop = EventLoop.Current;
        return UpstreamConnection.ConnectAsync(endPoint, loop, Home(loop), cancellationToken);
    }

    /// <summary>Keeps a connection whose last answer was read to its end.</summary>
    public void Return(UpstreamConnection connection)
    {
        connection.IdleSince = time.GetTimestamp();
        if (!connection.Home.TryAdd(connection))
            connection.Dispose();
    }

    /// <summary>Closes what has been idle for too long.</summary>
    public void Trim()
    {
        foreach (var connections in idle)
            connections.Trim(IsOld);
    }

    public void Dispose()
    {
        foreach (var connections in idle)
            connections.Close();
        if (http2.IsValueCreated)
            http2.Value.Dispose();
    }

    private bool IsOld(UpstreamConnection connection) => time.GetElapsedTime(connection.IdleSince) >= LongestIdle;

    private IdleConnections Home(EventLoop? loop) => idle[loop is null ? 0 : 1 + (loop.Number % Environment.ProcessorCount)];

    private static HttpMessageInvoker CreateHttp2() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        EnableMultipleHttp2Connections = true,
        ConnectTimeout = TimeSpan.FromSeconds(5),
    });
}
