using System.Buffers.Text;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Fairlead.Load.Sending.Http;

/// <summary>Reads one answer after another from a connection: its head, and of its body what an error says.</summary>
internal sealed class AnswerReader
{
    private const int FirstBuffer = 4 * 1024;
    private const int LargestHead = 64 * 1024;
    private const int LongestErrorBody = 4 * 1024;
    private const int LongestChunkLine = 1024;
    private byte[] buffer = new byte[FirstBuffer];
    private int start;
    private int end;
    private string? lastServerGroup;

    /// <summary>False when the connection ended with the last answer, or nobody can tell where the next one would begin.</summary>
    public bool CanContinue { get; private set; }

    /// <param name="isHead">The answer is to a HEAD, and has no body whatever its headers say.</param>
    /// <exception cref="IOException">The connection ended before the answer did.</exception>
    /// <exception cref="InvalidDataException">It is not HTTP/1.1.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<LoadAnswer> ReadAsync(Stream stream, bool isHead, CancellationToken cancellationToken)
    {
        start = end = 0;
        CanContinue = false;
        AnswerHead head;
        do
        {
            var length = await ReadHeadAsync(stream, cancellationToken).ConfigureAwait(false);
            head = AnswerHead.Parse(buffer.AsSpan(start, length), lastServerGroup);
            start += length + 2;
        }
        while (head.IsInterim);
        lastServerGroup = head.ServerGroup ?? lastServerGroup;
        var error = head.Status is >= 200 and < 300 ? null : new List<byte>();
        var hasBody = head.HasBody && !isHead;
        if (hasBody)
            await ReadBodyAsync(head, error, stream, cancellationToken).ConfigureAwait(false);
        // Bytes that nobody asked for belong to no answer.
        CanContinue = !head.Closes && start == end && (head.IsChunked || head.ContentLength >= 0 || !hasBody);
        return new LoadAnswer
        {
            Outcome = error is null ? LoadOutcome.Succeeded : LoadOutcome.Refused,
            Status = StatusTexts.Of(head.Status),
            Message = error is null ? null : ErrorText.Of(CollectionsMarshal.AsSpan(error)),
            ServerGroup = head.ServerGroup,
            HasPrediction = head.HasPrediction,
        };
    }

    /// <returns>Bytes up to the empty line that ends the head, without it.</returns>
    private async ValueTask<int> ReadHeadAsync(Stream stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf("\r\n\r\n"u8);
            if (length >= 0)
                return length + 2;
            if (end - start > LargestHead)
                throw new InvalidDataException($"The answer's headers are longer than {LargestHead:N0} bytes.");
            await FillAsync(stream, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask ReadBodyAsync(AnswerHead head, List<byte>? kept, Stream stream, CancellationToken cancellationToken)
    {
        if (head.ContentLength >= 0)
            await SkipAsync(head.ContentLength, kept, stream, cancellationToken).ConfigureAwait(false);
        else if (head.IsChunked)
            await ReadChunksAsync(kept, stream, cancellationToken).ConfigureAwait(false);
        else
            await ReadToEndAsync(kept, stream, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ReadChunksAsync(List<byte>? kept, Stream stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            var line = await ReadLineAsync(stream, cancellationToken).ConfigureAwait(false);
            var size = ParseChunkSize(buffer.AsSpan(start - line - 2, line));
            if (size == 0)
                break;
            await SkipAsync(size, kept, stream, cancellationToken).ConfigureAwait(false);
            if (await ReadLineAsync(stream, cancellationToken).ConfigureAwait(false) != 0)
                throw new InvalidDataException("A chunk of the answer is longer than it says.");
        }

        // Trailers, up to an empty line.
        while (await ReadLineAsync(stream, cancellationToken).ConfigureAwait(false) > 0)
        {
        }
    }

    private static long ParseChunkSize(ReadOnlySpan<byte> line)
    {
        var extension = line.IndexOf((byte)';');
        var digits = (extension < 0 ? line : line[..extension]).Trim(" \t"u8);
        return digits.Length is > 0 and <= 15 && Utf8Parser.TryParse(digits, out long size, out var read, 'x') && read == digits.Length
            ? size
            : throw new InvalidDataException("A chunk of the answer does not say how long it is.");
    }

    private async ValueTask ReadToEndAsync(List<byte>? kept, Stream stream, CancellationToken cancellationToken)
    {
        do
            Take(end - start, kept);
        while (await TryFillAsync(stream, cancellationToken).ConfigureAwait(false));
    }

    private async ValueTask SkipAsync(long length, List<byte>? kept, Stream stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            var part = (int)Math.Min(length, end - start);
            Take(part, kept);
            length -= part;
            if (length == 0)
                return;
            await FillAsync(stream, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Take(int length, List<byte>? kept)
    {
        if (kept is not null && kept.Count < LongestErrorBody)
            kept.AddRange(buffer.AsSpan(start, Math.Min(length, LongestErrorBody - kept.Count)));
        start += length;
    }

    /// <returns>The length of the line, which ends two bytes before <see cref="start"/>.</returns>
    private async ValueTask<int> ReadLineAsync(Stream stream, CancellationToken cancellationToken)
    {
        while (true)
        {
            var length = buffer.AsSpan(start, end - start).IndexOf("\r\n"u8);
            if (length >= 0)
            {
                start += length + 2;
                return length;
            }

            if (end - start > LongestChunkLine)
                throw new InvalidDataException("A chunk of the answer does not say how long it is.");
            await FillAsync(stream, cancellationToken).ConfigureAwait(false);
        }
    }

    private async ValueTask FillAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (!await TryFillAsync(stream, cancellationToken).ConfigureAwait(false))
            throw new IOException("The server closed the connection before the end of its answer.");
    }

    /// <summary>Makes room and reads what there is; false at the end of the connection.</summary>
    private async ValueTask<bool> TryFillAsync(Stream stream, CancellationToken cancellationToken)
    {
        if (start == end)
            start = end = 0;
        if (end == buffer.Length)
            MakeRoom();
        var read = await stream.ReadAsync(buffer.AsMemory(end), cancellationToken).ConfigureAwait(false);
        end += read;
        return read > 0;
    }

    private void MakeRoom()
    {
        var target = start > 0 ? buffer : new byte[2 * buffer.Length];
        buffer.AsSpan(start, end - start).CopyTo(target);
        (buffer, end, start) = (target, end - start, 0);
    }
}
