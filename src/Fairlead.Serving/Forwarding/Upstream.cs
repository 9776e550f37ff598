using System.Net;
using Fairlead.Serving.Forwarding.Http1;

namespace Fairlead.Serving.Forwarding;

/// <summary>The way to one running instance: kept connections of HTTP/1.1, and a client of HTTP/2 when it is spoken. Lives as long as the program.</summary>
internal sealed class Upstream : IDisposable
{
    /// <summary>Many servers close a connection that is idle for 5 seconds, and some do so earlier.</summary>
    private static readonly TimeSpan LongestIdle = TimeSpan.FromSeconds(4);
    private readonly TimeProvider time;
    private readonly EndPoint endPoint;
    private readonly Lock gate = new();
    private readonly Stack<UpstreamConnection> idle = new();
    private readonly Lazy<HttpMessageInvoker> http2 = new(CreateHttp2);
    private bool isDisposed;

    public Upstream(Uri address, TimeProvider time)
    {
        Address = address;
        this.time = time;
        endPoint = IPAddress.TryParse(address.Host, out var ip) ? new IPEndPoint(ip, address.Port) : new DnsEndPoint(address.Host, address.Port);
    }

    public Uri Address { get; }

    public HttpMessageInvoker Http2 => http2.Value;

    /// <summary>A kept connection, the one that was used last; null when there is none.</summary>
    public UpstreamConnection? TryRent()
    {
        while (true)
        {
            UpstreamConnection? connection;
            lock (gate)
            {
                if (!idle.TryPop(out connection))
                    return null;
            }

            if (time.GetElapsedTime(connection.IdleSince) < LongestIdle && connection.IsQuiet())
                return connection;
            connection.Dispose();
        }
    }

    /// <exception cref="System.Net.Sockets.SocketException">Nobody listens there.</exception>
    public ValueTask<UpstreamConnection> ConnectAsync(CancellationToken cancellationToken) => UpstreamConnection.ConnectAsync(endPoint, cancellationToken);

    /// <summary>Keeps a connection whose last answer was read to its end.</summary>
    public void Return(UpstreamConnection connection)
    {
        connection.IdleSince = time.GetTimestamp();
        lock (gate)
        {
            if (!isDisposed)
            {
                idle.Push(connection);
                return;
            }
        }

        connection.Dispose();
    }

    /// <summary>Closes what has been idle for too long.</summary>
    public void Trim()
    {
        List<UpstreamConnection> old = [];
        lock (gate)
        {
            var kept = new List<UpstreamConnection>(idle.Count);
            foreach (var connection in idle)
                (time.GetElapsedTime(connection.IdleSince) < LongestIdle ? kept : old).Add(connection);
            if (old.Count == 0)
                return;
            idle.Clear();
            kept.Reverse();
            kept.ForEach(idle.Push);
        }

        old.ForEach(connection => connection.Dispose());
    }

    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            while (idle.TryPop(out var connection))
                connection.Dispose();
        }

        if (http2.IsValueCreated)
            http2.Value.Dispose();
    }

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
