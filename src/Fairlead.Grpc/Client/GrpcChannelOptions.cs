using System.Net.Security;

namespace Fairlead.Grpc.Client;

/// <summary>How a channel connects and what it takes.</summary>
public sealed record GrpcChannelOptions
{
    public const int DefaultMaxMessageBytes = 4 * 1024 * 1024;

    public static readonly TimeSpan DefaultConnectTimeout = TimeSpan.FromSeconds(10);

    /// <summary>The clock of deadlines.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>The longest message that is read, in bytes, before and after unpacking. A longer one ends the call with RESOURCE_EXHAUSTED.</summary>
    public int MaxMessageBytes { get; init; } = DefaultMaxMessageBytes;

    public TimeSpan ConnectTimeout { get; init; } = DefaultConnectTimeout;

    /// <summary>Opens a further connection when one has as many calls under way as the server allows; else calls wait for their turn.</summary>
    public bool SeveralConnections { get; init; } = true;

    /// <summary>Certificates, for an address with https.</summary>
    public SslClientAuthenticationOptions? Tls { get; init; }
}
