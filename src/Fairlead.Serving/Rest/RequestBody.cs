using System.Buffers;
using System.IO.Pipelines;
using System.Numerics;
using Fairlead.Domain.Problems;
using Fairlead.Inference;
using Fairlead.Serving.Limits;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Serving.Rest;

/// <summary>
/// A body that did not arrive in one piece, gathered in a pooled buffer; a large one in memory of its own, which goes back to the
/// system at the end, since a pool would keep it for as long as the process lives. What it holds counts against the host's budget.
/// </summary>
internal sealed class RequestBody(ByteBudget budget) : IDisposable
{
    private const int FirstSize = 4 * 1024;
    private const int LargestPooled = 1024 * 1024;
    private byte[] pooled = [];
    private LargeBlock? large;
    private int length;
    private int taken;

    public ReadOnlySpan<byte> Bytes => Buffer[..length];

    private Span<byte> Buffer => large is null ? pooled : large.GetSpan();

    public static FairleadException TooLarge(long maxBytes) =>
        new(ProblemKind.TooLarge, $"The body is longer than the {maxBytes:N0} bytes that this host takes; send fewer rows at a time.");

    /// <summary>Reads to the end of the body.</summary>
    /// <exception cref="FairleadException">TooLarge, as soon as more bytes arrived than may.</exception>
    /// <exception cref="BadHttpRequestException">408: nothing more arrived for too long.</exception>
    /// <exception cref="OverloadedException">All bodies under way together are as large as they may be.</exception>
    public async Task ReadAsync(PipeReader reader, BodyLimits limits, CancellationToken cancellationToken)
    {
        using var timer = limits.Time.CreateTimer(static reader => ((PipeReader)reader!).CancelPendingRead(), reader, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        while (true)
        {
            var began = limits.Time.GetTimestamp();
            timer.Change(limits.LongestPause, Timeout.InfiniteTimeSpan);
            var read = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            // A timer that fires while bytes arrive cancels the next read: the time tells what was meant, and need not be exact.
            var isLate = read.IsCanceled && read.Buffer.IsEmpty && limits.Time.GetElapsedTime(began) >= limits.LongestPause / 2;
            if (Take(reader, read, limits.MaxBytes))
                return;
            if (isLate)
                throw new BadHttpRequestException($"nothing more of the body arrived for {limits.LongestPause.TotalSeconds:0.###} s; send it without pauses.", StatusCodes.Status408RequestTimeout);
        }
    }

    /// <summary>Takes over what was read, so that the reader goes on after it. True at the end of the body.</summary>
    /// <exception cref="FairleadException">TooLarge, when these are more than so many bytes in all.</exception>
    public bool Take(PipeReader reader, ReadResult read, long maxBytes)
    {
        var isTooLarge = length + read.Buffer.Length > maxBytes;
        try
        {
            if (!isTooLarge)
                Append(read.Buffer);
        }
        finally
        {
            // Also when the body is refused: the server drains the rest only from a reader that nobody else holds, and a connection closed
            // over unread bytes is reset, which loses the refusal on its way.
            reader.AdvanceTo(read.Buffer.End);
        }

        return isTooLarge ? throw TooLarge(maxBytes) : read.IsCompleted;
    }

    /// <summary>Room for more bytes at the end, for <see cref="Advance"/>.</summary>
    /// <exception cref="OverloadedException">As above.</exception>
    public Span<byte> Room(int size)
    {
        Reserve(checked(length + size));
        return Buffer[length..];
    }

    public void Advance(int count) => length += count;

    public int Length => length;

    public void Dispose()
    {
        ReturnPooled();
        large?.Release();
        large = null;
        budget.Return(taken);
        (length, taken) = (0, 0);
    }

    private void Append(ReadOnlySequence<byte> bytes)
    {
        bytes.CopyTo(Room((int)bytes.Length));
        length += (int)bytes.Length;
    }

    private void Reserve(int needed)
    {
        if (needed <= Buffer.Length)
            return;

        // Grown by what arrived, never by what the client announced: memory costs the client bytes.
        var doubled = (int)Math.Min(Array.MaxLength, Math.Max(Math.Max(needed, FirstSize), 2L * Buffer.Length));
        if (large is null && doubled <= LargestPooled)
        {
            // What a pool rents is a power of two, and all of it counts.
            doubled = (int)BitOperations.RoundUpToPowerOf2((uint)doubled);
            if (TryTake(doubled))
            {
                GrowPooled(doubled);
                return;
            }
        }
        else if (TryTake(doubled))
        {
            GrowLarge(doubled);
            return;
        }

        // Where there is no room for the next bytes already, there may be for these.
        if (!TryTake(needed))
            throw new OverloadedException(budget.Refusal);
        GrowLarge(needed);
    }

    private bool TryTake(int size)
    {
        if (!budget.TryTake(size - taken))
            return false;
        taken = size;
        return true;
    }

    private void GrowPooled(int size)
    {
        var larger = ArrayPool<byte>.Shared.Rent(size);
        Bytes.CopyTo(larger);
        ReturnPooled();
        pooled = larger;
    }

    private void GrowLarge(int size)
    {
        if (large is not null)
        {
            large.Resize(size);
            return;
        }

        large = new LargeBlock(size);
        pooled.AsSpan(0, length).CopyTo(Buffer);
        ReturnPooled();
    }

    private void ReturnPooled()
    {
        if (pooled.Length > 0)
            ArrayPool<byte>.Shared.Return(pooled);
        pooled = [];
    }
}
