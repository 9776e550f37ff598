using System.Buffers.Binary;
using System.Globalization;
using Fairlead.Domain.Artifacts;

namespace Fairlead.Artifacts.Blobs;

/// <summary>A digest in 32 bytes, for tables of very many.</summary>
internal readonly record struct BlobName(ulong A, ulong B, ulong C, ulong D)
{
    public const int HexLength = 64;
    private const int PartLength = 16;

    public static BlobName Of(Digest digest) => TryParse(digest.Hex, out var name) ? name : throw new ArgumentException($"'{digest}' is no digest.", nameof(digest));

    /// <param name="hex">64 digits in lower case.</param>
    public static bool TryParse(ReadOnlySpan<char> hex, out BlobName name)
    {
        name = default;
        if (hex.Length != HexLength || hex.ContainsAnyExcept("0123456789abcdef"))
            return false;
        name = new BlobName(Part(hex, 0), Part(hex, 1), Part(hex, 2), Part(hex, 3));
        return true;
    }

    public Digest ToDigest()
    {
        Span<byte> bytes = stackalloc byte[32];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, A);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], B);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[16..], C);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[24..], D);
        return Digest.FromHash(bytes);
    }

    private static ulong Part(ReadOnlySpan<char> hex, int index) =>
        ulong.Parse(hex.Slice(index * PartLength, PartLength), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
