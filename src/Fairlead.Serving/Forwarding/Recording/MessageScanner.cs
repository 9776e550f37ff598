using System.Buffers.Binary;

namespace Fairlead.Serving.Forwarding.Recording;

/// <summary>Counts the gRPC messages that pass by in any pieces, and keeps the first for the record of a unary call.</summary>
internal sealed class MessageScanner(long longest) : IDisposable
{
    private const int PrefixSize = 5;
    private readonly byte[] prefix = new byte[PrefixSize];
    private readonly BoundedCopy first = new() { Longest = longest };
    private int prefixLength;
    private long remaining;

    public int Messages { get; private set; }

    /// <summary>Each that has begun has come to its end.</summary>
    public bool IsBetween => remaining == 0 && prefixLength == 0;

    /// <summary>Bytes of the messages, without their prefixes.</summary>
    public long Bytes { get; private set; }

    /// <summary>The first message; empty when it is too long.</summary>
    public ReadOnlySpan<byte> First => first.Bytes;

    public bool IsFirstTooLong => first.IsTooLong;

    public bool IsFirstCompressed { get; private set; }

    public void Scan(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            if (remaining == 0 && !TryReadPrefix(ref bytes))
                return;
            var part = bytes[..(int)Math.Min(remaining, bytes.Length)];
            if (Messages == 1)
                first.Append(part);
            Bytes += part.Length;
            remaining -= part.Length;
            bytes = bytes[part.Length..];
        }
    }

    public void Dispose() => first.Dispose();

    private bool TryReadPrefix(ref ReadOnlySpan<byte> bytes)
    {
        var part = bytes[..Math.Min(PrefixSize - prefixLength, bytes.Length)];
        part.CopyTo(prefix.AsSpan(prefixLength));
        prefixLength += part.Length;
        bytes = bytes[part.Length..];
        if (prefixLength < PrefixSize)
            return false;
        prefixLength = 0;
        remaining = BinaryPrimitives.ReadUInt32BigEndian(prefix.AsSpan(1));
        if (++Messages == 1)
            IsFirstCompressed = prefix[0] != 0;
        return true;
    }
}
