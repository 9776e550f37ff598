using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Fairlead.Artifacts.Files;
using Fairlead.Domain.Artifacts;

namespace Fairlead.Artifacts.Blobs;

/// <summary>One record of the stat index: what a file looked like when its bytes had a digest.</summary>
/// <param name="Name">Absolute path of a file outside the store, or the digest of a blob.</param>
/// <param name="State">Null means: forget what was known.</param>
internal sealed record StatEntry(string Name, FileState? State, Digest Digest)
{
    // length (4), checksum (8), size, modified, changed, inode, device (8 each), digest (32), name (UTF-8)
    private const int HeaderSize = 12;
    private const int FixedSize = 40 + SHA256.HashSizeInBytes;
    private const int LongestName = 1 << 16;

    public void WriteTo(Stream stream)
    {
        var name = Encoding.UTF8.GetBytes(Name);
        var record = new byte[HeaderSize + FixedSize + name.Length];
        var body = record.AsSpan(HeaderSize);
        var state = State ?? new FileState(FileKind.Regular, false, -1, 0, 0, 0, 0);
        BinaryPrimitives.WriteInt64LittleEndian(body, state.Size);
        BinaryPrimitives.WriteInt64LittleEndian(body[8..], state.ModifiedAt);
        BinaryPrimitives.WriteInt64LittleEndian(body[16..], state.ChangedAt);
        BinaryPrimitives.WriteUInt64LittleEndian(body[24..], state.Inode);
        BinaryPrimitives.WriteUInt64LittleEndian(body[32..], state.Device);
        if (Digest.IsSet)
            Convert.FromHexString(Digest.Hex).CopyTo(body[40..]);
        name.CopyTo(body[FixedSize..]);
        BinaryPrimitives.WriteInt32LittleEndian(record, body.Length);
        Checksum(body).CopyTo(record.AsSpan(4));
        stream.Write(record);
    }

    /// <summary>Null when the bytes are no whole record: the torn end of a file.</summary>
    public static StatEntry? Read(ReadOnlySpan<byte> bytes, out int consumed)
    {
        consumed = 0;
        if (bytes.Length < HeaderSize)
            return null;
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
        if (length < FixedSize || length > FixedSize + LongestName || length > bytes.Length - HeaderSize)
            return null;
        var body = bytes.Slice(HeaderSize, length);
        if (!Checksum(body).AsSpan().SequenceEqual(bytes.Slice(4, 8)))
            return null;
        consumed = HeaderSize + length;
        var size = BinaryPrimitives.ReadInt64LittleEndian(body);
        var state = new FileState(
            FileKind.Regular,
            Executable: false,
            size,
            BinaryPrimitives.ReadInt64LittleEndian(body[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(body[16..]),
            BinaryPrimitives.ReadUInt64LittleEndian(body[24..]),
            BinaryPrimitives.ReadUInt64LittleEndian(body[32..]));
        return new StatEntry(Encoding.UTF8.GetString(body[FixedSize..]), size < 0 ? null : state, Digest.FromHash(body.Slice(40, SHA256.HashSizeInBytes)));
    }

    private static byte[] Checksum(ReadOnlySpan<byte> body) => SHA256.HashData(body)[..8];
}
