using System.Buffers;

namespace Fairlead.Serving.Forwarding.Recording;

/// <summary>A copy of a body for the record: whole up to a bound, and only its size beyond.</summary>
internal sealed class BoundedCopy : IDisposable
{
    /// <summary>Longest body that is recorded where nobody says otherwise, inclusive.</summary>
    public const int Bound = 1024 * 1024;
    private const int FirstSize = 4096;
    private byte[] buffer = [];
    private int length;
    private bool isOff;

    /// <summary>Bytes of the body, also of what is not kept.</summary>
    public long Total { get; private set; }

    /// <summary>The body; empty when it is too long or a stream.</summary>
    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length);

    /// <summary>True when it is not kept for its length alone.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>Longest body that is kept, inclusive.</summary>
    public long Longest { get; init; } = Bound;

    public bool IsWhole => !isOff && length == Total;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        Total += bytes.Length;
        if (isOff)
            return;
        if (Total > Longest)
        {
            IsTooLong = true;
            StopKeeping();
            return;
        }

        if (buffer.Length - length < bytes.Length)
            Grow(length + bytes.Length);
        bytes.CopyTo(buffer.AsSpan(length));
        length += bytes.Length;
    }

    /// <summary>From now on only counts, and forgets what it has.</summary>
    public void StopKeeping()
    {
        isOff = true;
        Dispose();
    }

    public void Dispose()
    {
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        buffer = [];
        length = 0;
    }

    private void Grow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(FirstSize, Math.Max(needed, 2 * buffer.Length)));
        Bytes.CopyTo(larger);
        var kept = length;
        Dispose();
        buffer = larger;
        length = kept;
    }
}
