using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Fairlead.Grpc.Server;

/// <summary>HTTP/1.1 and HTTP/2 on one cleartext port, told apart by the first bytes that a client sends.</summary>
public static class CleartextProtocolDetection
{
    /// <summary>How long a new connection may stay silent, or unfinished with its preface, unless the caller says otherwise.</summary>
    public static readonly TimeSpan DefaultSilence = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Serves HTTP/1.1 and HTTP/2 with prior knowledge, gRPC included, on this endpoint. A connection that does not show its protocol
    /// within <paramref name="silence"/> is closed. Every endpoint of the server then takes the scheme that an HTTP/2 request names.
    /// </summary>
    public static ListenOptions UseCleartextHttp2Detection(this ListenOptions listen, TimeProvider time, TimeSpan? silence = null)
    {
        var limit = silence ?? DefaultSilence;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(limit, TimeSpan.Zero, nameof(silence));

        // The server takes a marked connection for one with TLS and expects the scheme "https"; the clients say "http", which is true.
        listen.KestrelServerOptions.AllowAlternateSchemes = true;

        // The protocols stay at their default, which holds both: to set them would only log that HTTP/2 needs TLS.
        listen.Use(next => new ProtocolDetector(next, time, limit).RunAsync);
        return listen;
    }
}
