using System.Buffers;
using System.Buffers.Binary;

namespace Fairlead.Contracts.Payloads;

/// <summary>Lays tags and values out, one behind the other. One thread at a time.</summary>
internal sealed class WireWriter : IDisposable
{
    private const int FirstSize = 256;
    private const int MaximumVarintBytes = 10;
    private byte[] bytes = ArrayPool<byte>.Shared.Rent(FirstSize);

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public void WriteTag(int number, WireType type) => WriteVarint(((uint)number << 3) | (uint)type);

    public void WriteVarint(ulong value)
    {
        Length += PutVarint(Reserve(MaximumVarintBytes), value);
    }

    /// <summary>A value without its tag, in the form of its wire type.</summary>
    public void WriteBits(WireType type, ulong bits)
    {
        switch (type)
        {
            case WireType.Fixed64:
                BinaryPrimitives.WriteUInt64LittleEndian(Reserve(sizeof(ulong)), bits);
                Length += sizeof(ulong);
                break;
            case WireType.Fixed32:
                BinaryPrimitives.WriteUInt32LittleEndian(Reserve(sizeof(uint)), (uint)bits);
                Length += sizeof(uint);
                break;
            default:
                WriteVarint(bits);
                break;
        }
    }

    /// <summary>Bytes with their length in front.</summary>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        WriteVarint((uint)value.Length);
        WriteRaw(value);
    }

    /// <summary>Bytes as they are.</summary>
    public void WriteRaw(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(value.Length));
        Length += value.Length;
    }

    /// <summary>Puts the length of all that was written since a place in front of it.</summary>
    /// <param name="start">What <see cref="Length"/> was there.</param>
    public void PrefixLength(int start)
    {
        var length = Length - start;
        var size = VarintSize((uint)length);
        Reserve(size);
        bytes.AsSpan(start, length).CopyTo(bytes.AsSpan(start + size));
        PutVarint(bytes.AsSpan(start), (uint)length);
        Length += size;
    }

    /// <summary>Takes back all that was written since a place.</summary>
    /// <param name="length">What <see cref="Length"/> was there.</param>
    public void Truncate(int length) => Length = length;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
        Length = 0;
    }

    private static int PutVarint(Span<byte> target, ulong value)
    {
        var count = 0;
        for (; value >= 0x80; value >>= 7)
            target[count++] = (byte)(value | 0x80);
        target[count++] = (byte)value;
        return count;
    }

    private static int VarintSize(uint value)
    {
        var size = 1;
        for (; value >= 0x80; value >>= 7)
            size++;
        return size;
    }

    private Span<byte> Reserve(int count)
    {
        if (bytes.Length - Length < count)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * bytes.Length, Length + count));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(bytes);
            bytes = larger;
        }

        return bytes.AsSpan(Length);
    }
}
