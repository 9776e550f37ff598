using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Fairlead.Inference.Tensors;

namespace Fairlead.Inference.Grpc;

/// <summary>Reads the fields of one protobuf message in place. A message that is none is refused with the place in it.</summary>
/// <param name="offset">Where the message begins in the request, for messages.</param>
internal ref struct ProtoReader(ReadOnlySpan<byte> message, int offset)
{
    private const int DeepestGroup = 64;
    private const int LongestVarint = 10;
    private readonly ReadOnlySpan<byte> message = message;
    private int at;

    /// <summary>Field number and wire type as they are on the wire; see <see cref="ProtoTag"/>.</summary>
    public uint Tag { get; private set; }

    public readonly int Field => (int)(Tag >> 3);

    public readonly ProtoWire Wire => (ProtoWire)(Tag & 7);

    /// <summary>Where the next byte is in the request.</summary>
    public readonly int Position => offset + at;

    public readonly bool AtEnd => at == message.Length;

    /// <summary>All that is left.</summary>
    public readonly ReadOnlySpan<byte> Rest() => message[at..];

    /// <summary>How many numbers are left of packed ones: each ends with a byte that has no high bit.</summary>
    public readonly int CountVarints()
    {
        var count = 0;
        foreach (var next in message[at..])
            count += (next >> 7) ^ 1;
        return count;
    }

    /// <summary>Goes to the next field; false at the end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Next()
    {
        if (AtEnd)
            return false;

        // One byte is the tag of every field below the sixteenth; 0 to 7 would be those of a field without a number.
        var first = message[at];
        if (first is < 8 or >= 0x80)
            return NextLong();
        at++;
        Tag = first;
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Varint() => at < message.Length && message[at] < 0x80 ? message[at++] : LongVarint();

    /// <summary>The bytes of a length-delimited field: a string, a message or packed elements.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        var start = at;
        var length = Varint();
        if (length > (ulong)(message.Length - at))
            throw Broken(start, $"a field of {length} bytes is longer than what is left");
        return Take((int)length);
    }

    /// <summary>The message in a length-delimited field.</summary>
    public ProtoReader Message()
    {
        var inner = Bytes();
        return new ProtoReader(inner, Position - inner.Length);
    }

    public uint Fixed32() => BinaryPrimitives.ReadUInt32LittleEndian(Fixed(sizeof(uint)));

    public ulong Fixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Fixed(sizeof(ulong)));

    /// <summary>The bytes of a fixed 32-bit or 64-bit field.</summary>
    public ReadOnlySpan<byte> Fixed(int size) =>
        size <= message.Length - at ? Take(size) : throw Broken(at, "the message ends in the middle of a field");

    /// <summary>Passes over the field's value.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip()
    {
        if (Wire == ProtoWire.Bytes)
            Bytes();
        else
            SkipOther();
    }

    private void SkipOther()
    {
        switch (Wire)
        {
            case ProtoWire.StartGroup:
                SkipGroup();
                break;
            case ProtoWire.EndGroup:
                throw Broken(at, "a group ends that did not begin");
            default:
                SkipValue();
                break;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private bool NextLong()
    {
        var start = at;
        var tag = Varint();
        if (tag > uint.MaxValue || tag >> 3 == 0)
            throw Broken(start, $"the field's tag '{tag}' cannot be");
        Tag = (uint)tag;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private ulong LongVarint()
    {
        var value = 0UL;
        for (var i = 0; i < LongestVarint; i++)
        {
            if (at == message.Length)
                throw Broken(at, "the message ends in the middle of a number");
            var next = message[at++];
            value |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
                return value;
        }

        throw Broken(at, "a number has more than 10 bytes");
    }

    // Without recursion: a client says how deep it nests them.
    private void SkipGroup()
    {
        Span<int> open = stackalloc int[DeepestGroup];
        open[0] = Field;
        for (var depth = 1; depth > 0;)
        {
            if (!Next())
                throw Broken(at, "the message ends in the middle of a group");
            if (Wire == ProtoWire.EndGroup)
            {
                if (open[--depth] != Field)
                    throw Broken(at, "a group ends that did not begin");
            }
            else if (Wire != ProtoWire.StartGroup)
            {
                SkipValue();
            }
            else if (depth == DeepestGroup)
            {
                throw Broken(at, $"groups are nested more than {DeepestGroup} deep");
            }
            else
            {
                open[depth++] = Field;
            }
        }
    }

    private void SkipValue()
    {
        switch (Wire)
        {
            case ProtoWire.Varint:
                Varint();
                break;
            case ProtoWire.Fixed64:
                Fixed(sizeof(ulong));
                break;
            case ProtoWire.Bytes:
                Bytes();
                break;
            case ProtoWire.Fixed32:
                Fixed(sizeof(uint));
                break;
            default:
                throw Broken(at, $"the wire type '{(int)Wire}' cannot be");
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        at += length;
        return message.Slice(at - length, length);
    }

    private readonly Exception Broken(int where, string reason) =>
        Refusal.Invalid($"The request is no protobuf message at byte {offset + where}: {reason}.");
}
