using System.Buffers.Binary;

namespace Fairlead.Predictions.Log;

/// <summary>Layout of a segment file: a header, then frames. See docs/formats.md; everything is little-endian.</summary>
internal static class SegmentFormat
{
    public const byte Version = 3;

    /// <summary>The oldest version that is read. It knows no shadows, version 2 knows no outcomes by key; what they do know has not changed since.</summary>
    public const byte OldestVersion = 1;
    public const int HeaderSize = 64;
    public const int FrameHeaderSize = 8;

    /// <summary>No payload is longer; what claims to be is damage.</summary>
    public const int MaxPayload = 1 << 30;
    private const int VersionAt = 8;
    private const int TimeAt = 16;
    private const int IdAt = 24;
    private const int ChecksumAt = HeaderSize - sizeof(uint);

    public static ReadOnlySpan<byte> Magic => "FLOG\r\n\x1a\n"u8;

    /// <summary>Bytes of a frame in the file: frames begin at multiples of eight, so that a length never straddles a page.</summary>
    public static long FrameSize(long payload) => (FrameHeaderSize + payload + 7) & ~7L;

    public static void WriteHeader(Span<byte> header, long timeMicroseconds, ulong id)
    {
        header[..HeaderSize].Clear();
        Magic.CopyTo(header);
        header[VersionAt] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(header[TimeAt..], timeMicroseconds);
        BinaryPrimitives.WriteUInt64LittleEndian(header[IdAt..], id);
        BinaryPrimitives.WriteUInt32LittleEndian(header[ChecksumAt..], Crc32C.Of(header[..ChecksumAt]));
    }

    /// <summary>Null when the header is good, else what is wrong with it, to follow the file's name.</summary>
    public static string? ProblemOf(ReadOnlySpan<byte> header)
    {
        if (header.Length < HeaderSize || !header.StartsWith(Magic))
            return "is no log segment";
        if (header[VersionAt] is < OldestVersion or > Version)
            return $"has format {header[VersionAt]}, and this program reads formats {OldestVersion} to {Version}; use the program that wrote it or a newer one";
        return BinaryPrimitives.ReadUInt32LittleEndian(header[ChecksumAt..]) == Crc32C.Of(header[..ChecksumAt])
            ? null
            : "has a damaged header";
    }
}
