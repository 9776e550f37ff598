using System.Buffers;
using System.Buffers.Binary;

namespace Fairlead.Grpc.Framing;

/// <summary>What stands before each message: one byte that says whether it is compressed, and its length in four, big-endian.</summary>
internal readonly record struct MessagePrefix(byte Flag, uint Length)
{
    public const int Size = 5;

    public const byte Plain = 0;

    public const byte Compressed = 1;

    public static MessagePrefix Read(ReadOnlySpan<byte> bytes) => new(bytes[0], BinaryPrimitives.ReadUInt32BigEndian(bytes[1..]));

    /// <param name="bytes">At least <see cref="Size"/> of them.</param>
    public static MessagePrefix Read(in ReadOnlySequence<byte> bytes)
    {
        if (bytes.FirstSpan.Length >= Size)
            return Read(bytes.FirstSpan);
        Span<byte> prefix = stackalloc byte[Size];
        bytes.Slice(0, Size).CopyTo(prefix);
        return Read(prefix);
    }

    public static void Write(Span<byte> room, byte flag, int length)
    {
        room[0] = flag;
        BinaryPrimitives.WriteUInt32BigEndian(room[1..], (uint)length);
    }
}
