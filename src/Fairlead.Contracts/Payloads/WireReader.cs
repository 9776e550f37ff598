using System.Buffers.Binary;
using Fairlead.Domain.Contracts;

namespace Fairlead.Contracts.Payloads;

/// <summary>Reads tags and values from bytes that nobody vouches for; every method returns false instead of reading on.</summary>
internal ref struct WireReader(ReadOnlySpan<byte> data)
{
    public const int MaximumDepth = 100;
    private const int MaximumVarintBytes = 10;
    private const int MaximumTagBytes = 5;
    private readonly ReadOnlySpan<byte> data = data;

    public int Position { get; private set; }

    public readonly bool IsAtEnd => Position >= data.Length;

    /// <remarks>A tag has at most five bytes, and 32 bits of them count; so read the parsers that clients use.</remarks>
    public bool TryReadTag(out int number, out WireType type)
    {
        var start = Position;
        var isRead = TryReadVarint(out var bits) && Position - start <= MaximumTagBytes;
        var tag = (uint)bits;
        number = (int)(tag >> 3);
        type = (WireType)(tag & 7);
        return isRead && number > 0 && type <= WireType.Fixed32;
    }

    public bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (var index = 0; index < MaximumVarintBytes; index++)
        {
            if (Position >= data.Length)
                return false;
            var next = data[Position++];
            value |= (ulong)(next & 0x7f) << (7 * index);
            if (next < 0x80)
                return true;
        }

        return false;
    }

    public bool TryReadFixed32(out uint value)
    {
        if (!BinaryPrimitives.TryReadUInt32LittleEndian(data[Position..], out value))
            return false;
        Position += sizeof(uint);
        return true;
    }

    public bool TryReadFixed64(out ulong value)
    {
        if (!BinaryPrimitives.TryReadUInt64LittleEndian(data[Position..], out value))
            return false;
        Position += sizeof(ulong);
        return true;
    }

    /// <summary>Steps over one value and says where it lay.</summary>
    /// <param name="number">Of the field, for the end of a group.</param>
    /// <param name="depth">How many messages and groups the field lies in.</param>
    public PayloadOutcome Step(int number, WireType type, int depth, out int start, out int length)
    {
        start = Position;
        length = 0;
        var outcome = type switch
        {
            WireType.Varint => Outcome(TryReadVarint(out _)),
            WireType.Fixed64 => Outcome(TryReadFixed64(out _)),
            WireType.Fixed32 => Outcome(TryReadFixed32(out _)),
            WireType.Bytes => Outcome(TryStepBytes(out start)),
            WireType.GroupStart => StepGroup(number, depth + 1, out length),
            _ => PayloadOutcome.Damaged,
        };
        if (type != WireType.GroupStart)
            length = Position - start;
        return outcome;
    }

    private bool TryStepBytes(out int start)
    {
        var isRead = TryReadVarint(out var size) && size <= (ulong)(data.Length - Position);
        start = Position;
        if (isRead)
            Position += (int)size;
        return isRead;
    }

    /// <param name="length">Of what lies in the group, without the tag that ends it.</param>
    private PayloadOutcome StepGroup(int group, int depth, out int length)
    {
        var start = Position;
        length = 0;
        if (depth > MaximumDepth)
            return PayloadOutcome.TooDeep;
        while (true)
        {
            length = Position - start;
            if (!TryReadTag(out var number, out var type))
                return PayloadOutcome.Damaged;
            if (type == WireType.GroupEnd)
                return Outcome(number == group);
            var outcome = Step(number, type, depth, out _, out _);
            if (outcome != PayloadOutcome.Written)
                return outcome;
        }
    }

    private static PayloadOutcome Outcome(bool isRead) => isRead ? PayloadOutcome.Written : PayloadOutcome.Damaged;
}
