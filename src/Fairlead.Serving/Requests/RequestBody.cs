using System.Buffers;
using System.IO.Pipelines;
using Fairlead.Domain.Problems;

namespace Fairlead.Serving.Requests;

/// <summary>A body that did not arrive in one piece, gathered in a pooled buffer.</summary>
internal sealed class RequestBody : IDisposable
{
    private const int FirstSize = 64 * 1024;
    private byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int length;

    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length);

    public static FairleadException TooLarge(long maxBytes) =>
        new(ProblemKind.TooLarge, $"The body is longer than the {maxBytes:N0} bytes that this host takes; send fewer rows at a time.");

    /// <summary>Reads to the end of the body.</summary>
    /// <exception cref="FairleadException">TooLarge, as soon as more than so many bytes arrived.</exception>
    public async Task ReadAsync(PipeReader reader, long maxBytes, CancellationToken cancellationToken)
    {
        while (!Take(reader, await reader.ReadAsync(cancellationToken).ConfigureAwait(false), maxBytes))
        {
            // Until the end.
        }
    }

    /// <summary>Takes over what was read, so that the reader goes on after it. True at the end of the body.</summary>
    /// <exception cref="FairleadException">TooLarge, when these are more than so many bytes in all.</exception>
    public bool Take(PipeReader reader, ReadResult read, long maxBytes)
    {
        var isTooLarge = length + read.Buffer.Length > maxBytes;
        if (!isTooLarge)
            Append(read.Buffer);
        reader.AdvanceTo(read.Buffer.End);
        return isTooLarge ? throw TooLarge(maxBytes) : read.IsCompleted;
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
    }

    private void Append(ReadOnlySequence<byte> bytes)
    {
        var needed = checked(length + (int)bytes.Length);
        if (needed > buffer.Length)
        {
            // Grown by what arrived, never by what the client announced: memory costs the client bytes.
            var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(Array.MaxLength, Math.Max(needed, 2L * buffer.Length)));
            Bytes.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }

        bytes.CopyTo(buffer.AsSpan(length));
        length = needed;
    }
}
