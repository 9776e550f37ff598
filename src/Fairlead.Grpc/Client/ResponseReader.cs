using System.Buffers;
using Fairlead.Grpc.Framing;

namespace Fairlead.Grpc.Client;

/// <summary>Cuts a response's bytes into messages.</summary>
internal sealed class ResponseReader(Stream stream, GrpcEncoding encoding, int limit) : IDisposable
{
    private const int Step = 4096;
    private readonly PooledBuffer bytes = new();
    private readonly PooledBuffer unpacked = new();
    private int taken;

    /// <returns>The next message, good until the next read; null at the end of the stream.</returns>
    public async ValueTask<ReadOnlyMemory<byte>?> ReadAsync(CancellationToken cancellationToken)
    {
        bytes.RemoveFirst(taken);
        taken = 0;
        unpacked.Dispose();
        if (!await FillAsync(MessagePrefix.Size, cancellationToken).ConfigureAwait(false))
            return bytes.Length == 0 ? null : throw MessageFault.EndsInPrefix(bytes.Length);
        var prefix = MessagePrefix.Read(bytes.Written.Span);
        if (prefix.Flag > MessagePrefix.Compressed)
            throw MessageFault.BadFlag(prefix.Flag);
        if (prefix.Length > limit)
            throw MessageFault.TooLarge(prefix.Length, limit);
        taken = MessagePrefix.Size + (int)prefix.Length;
        if (!await FillAsync(taken, cancellationToken).ConfigureAwait(false))
            throw MessageFault.EndsInMessage(bytes.Length - MessagePrefix.Size, prefix.Length);
        var message = bytes.Written[MessagePrefix.Size..taken];
        return prefix.Flag == MessagePrefix.Compressed ? Unpack(message) : message;
    }

    public void Dispose()
    {
        bytes.Dispose();
        unpacked.Dispose();
    }

    private async ValueTask<bool> FillAsync(int length, CancellationToken cancellationToken)
    {
        while (bytes.Length < length)
        {
            var read = await stream.ReadAsync(bytes.GetMemory(Math.Max(Step, length - bytes.Length)), cancellationToken).ConfigureAwait(false);
            if (read == 0)
                return false;
            bytes.Advance(read);
        }

        return true;
    }

    private ReadOnlyMemory<byte> Unpack(ReadOnlyMemory<byte> message)
    {
        if (encoding == GrpcEncoding.Identity)
            throw MessageFault.NoEncoding();
        MessageCompression.Decompress(new ReadOnlySequence<byte>(message), encoding, limit, unpacked);
        return unpacked.Written;
    }
}
