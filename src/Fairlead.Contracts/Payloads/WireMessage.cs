using System.Buffers;
using Fairlead.Contracts.Schema;
using Fairlead.Domain.Contracts;
using FieldType = Google.Protobuf.Reflection.FieldDescriptorProto.Types.Type;

namespace Fairlead.Contracts.Payloads;

/// <summary>The known fields of one message, found in one pass and sorted by number; holds no bytes, only places.</summary>
internal sealed class WireMessage : IDisposable
{
    private const int FirstSize = 16;
    private WireField[] fields = ArrayPool<WireField>.Shared.Rent(FirstSize);
    private int count;

    public int UnknownFields { get; private set; }

    public ReadOnlySpan<WireField> Fields => fields.AsSpan(0, count);

    /// <param name="depth">Of the message; the outermost has 1.</param>
    public PayloadOutcome Read(MessageSchema schema, ReadOnlySpan<byte> bytes, int depth)
    {
        if (depth > WireReader.MaximumDepth)
            return PayloadOutcome.TooDeep;
        var reader = new WireReader(bytes);
        var isSorted = true;
        while (!reader.IsAtEnd)
        {
            if (!reader.TryReadTag(out var number, out var type))
                return PayloadOutcome.Damaged;
            var outcome = reader.Step(number, type, depth, out var start, out var length);
            if (outcome != PayloadOutcome.Written)
                return outcome;
            var index = schema.IndexOf(number);
            if (index < 0 || !Fits(schema.Fields[index], type))
            {
                UnknownFields++;
                continue;
            }

            isSorted &= count == 0 || fields[count - 1].Index <= index;
            Add(new WireField(index, start, length, type));
        }

        if (schema.Oneofs.Count > 0)
            DropOverruled(schema);
        if (!isSorted)
            fields.AsSpan(0, count).Sort();
        return PayloadOutcome.Written;
    }

    /// <summary>All occurrences of the field that begins at a position.</summary>
    public ReadOnlySpan<WireField> GroupAt(int position)
    {
        var end = position + 1;
        while (end < count && fields[end].Index == fields[position].Index)
            end++;
        return fields.AsSpan(position, end - position);
    }

    /// <summary>All occurrences of the field of a number; empty when there is none.</summary>
    public ReadOnlySpan<WireField> Find(MessageSchema schema, int number)
    {
        var index = schema.IndexOf(number);
        for (var position = 0; position < count; position++)
        {
            if (fields[position].Index == index)
                return GroupAt(position);
        }

        return [];
    }

    public void Dispose()
    {
        ArrayPool<WireField>.Shared.Return(fields);
        fields = [];
        count = 0;
    }

    private static bool Fits(FieldSchema field, WireType type) => type switch
    {
        WireType.Bytes => field.IsPackable || field.Type is FieldType.String or FieldType.Bytes or FieldType.Message,
        WireType.GroupStart => field.Type == FieldType.Group,
        _ => type == ScalarValue.WireTypeOf(field.Type),
    };

    /// <summary>Of a oneof's fields only the last one counts, from where it began to be set.</summary>
    private void DropOverruled(MessageSchema schema)
    {
        // Backwards: the first that is met is the one that counts, and the first other one ends it.
        Span<(int Index, bool IsOver)> last = schema.Oneofs.Count <= 64 ? stackalloc (int, bool)[schema.Oneofs.Count] : new (int, bool)[schema.Oneofs.Count];
        last.Fill((-1, false));
        var kept = count;
        for (var position = count - 1; position >= 0; position--)
        {
            if (schema.Fields[fields[position].Index].Oneof is { } oneof)
            {
                ref var state = ref last[oneof.Index];
                if (state.Index < 0)
                    state.Index = fields[position].Index;
                state.IsOver |= state.Index != fields[position].Index;
                if (state.IsOver)
                    continue;
            }

            fields[--kept] = fields[position];
        }

        fields.AsSpan(kept, count - kept).CopyTo(fields);
        count -= kept;
    }

    private void Add(WireField field)
    {
        if (count == fields.Length)
        {
            var larger = ArrayPool<WireField>.Shared.Rent(2 * count);
            fields.AsSpan().CopyTo(larger);
            ArrayPool<WireField>.Shared.Return(fields);
            fields = larger;
        }

        fields[count++] = field;
    }
}
