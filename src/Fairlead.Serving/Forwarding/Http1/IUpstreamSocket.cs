namespace Fairlead.Serving.Forwarding.Http1;

/// <summary>The bytes of a connection to an instance. Disposing breaks whatever waits on it.</summary>
internal interface IUpstreamSocket : IDisposable
{
    /// <summary>Nothing has arrived, neither bytes nor the end.</summary>
    bool IsQuiet { get; }

    /// <summary>Zero at the end of the stream.</summary>
    ValueTask<int> ReceiveAsync(Memory<byte> buffer);

    /// <summary>Completes when all of it is on its way.</summary>
    ValueTask SendAsync(ReadOnlyMemory<byte> bytes);
}
