using Fairlead.Transport.Clients;

namespace Fairlead.Serving.Forwarding.Http1;

/// <summary>A connection on the event loop of the client that it serves: a call changes threads nowhere.</summary>
internal sealed class LoopUpstreamSocket(LoopClient client) : IUpstreamSocket
{
    public bool IsQuiet => client.IsQuiet;

    public ValueTask<int> ReceiveAsync(Memory<byte> buffer) => client.ReceiveAsync(buffer);

    public ValueTask SendAsync(ReadOnlyMemory<byte> bytes) => client.SendAsync(bytes);

    public void Dispose() => client.Dispose();
}
