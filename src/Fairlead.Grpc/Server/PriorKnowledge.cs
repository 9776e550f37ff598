using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Fairlead.Grpc.Server;

/// <summary>
/// What TLS would have negotiated: "h2". The server chooses a connection's protocol by these two features alone; there is neither
/// a handshake nor a certificate.
/// </summary>
internal sealed class PriorKnowledge : ITlsConnectionFeature, ITlsApplicationProtocolFeature
{
    private static readonly byte[] Http2 = "h2"u8.ToArray();

    private PriorKnowledge()
    {
    }

    public static PriorKnowledge Instance { get; } = new();

    public ReadOnlyMemory<byte> ApplicationProtocol => Http2;

    public X509Certificate2? ClientCertificate
    {
        get => null;
        set => throw new NotSupportedException("A cleartext connection has no certificate.");
    }

    public Task<X509Certificate2?> GetClientCertificateAsync(CancellationToken cancellationToken) => Task.FromResult<X509Certificate2?>(null);
}
