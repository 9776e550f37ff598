using System.Buffers.Binary;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;

namespace Fairlead.Inference.Chains;

/// <summary>Reads one column of a transform's result, chunk by chunk, as a tensor.</summary>
internal sealed class ResultReader(Emission emission, string label)
{
    private readonly GrowableBuffer elements = new();
    private int rows;
    private long width;

    public void Clear()
    {
        elements.Clear();
        rows = 0;
        // Without a row, what the type says.
        width = Math.Max(0, emission.Column.Width);
    }

    /// <exception cref="FairleadException">Failed: a NULL where the tensor has none, or lists of different lengths.</exception>
    public void Add(DuckDbColumn column, int count)
    {
        for (var row = 0; row < count; row++)
        {
            if (emission.Column.IsList)
                AddList(column, row);
            else
                AddElement(column, row);
            rows++;
        }
    }

    /// <summary>Replaces what the slot held.</summary>
    public void WriteTo(GrowableBuffer slot)
    {
        Span<long> shape = [rows, width];
        var rank = emission.Column.IsList ? 2 : 1;
        slot.Clear();
        slot.Advance(TensorBlock.WriteHeader(slot.Reserve(TensorBlock.HeaderSize(rank)), emission.Type, shape[..rank], elements.Length));
        slot.Append(elements.Written);
    }

    private void AddList(DuckDbColumn column, int row)
    {
        if (column.IsNull(row))
            throw Null();
        var (offset, count) = column.Range(row);
        if (rows == 0)
            width = count;
        else if (count != width)
            throw FairleadException.Failed($"The {label} gives '{emission.Column.Name}' with {count} elements in row {rows} and {width} in the rows before; give lists of one length.");
        for (var i = 0; i < count; i++)
            AddElement(column.Children[0], offset + i);
    }

    private void AddElement(DuckDbColumn column, int index)
    {
        if (emission.Type == TensorType.Bytes)
        {
            AddText(column.IsNull(index) ? throw Null() : column.Bytes(index));
            return;
        }

        var size = emission.Type.ElementSize();
        var target = elements.Reserve(size);
        if (!column.IsNull(index))
            WriteNumber(target, column, index);
        else if (emission.IsFloat)
            WriteNaN(target);
        else
            throw Null();
        elements.Advance(size);
    }

    private void AddText(ReadOnlySpan<byte> text)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(elements.Reserve(sizeof(uint)), (uint)text.Length);
        elements.Advance(sizeof(uint));
        elements.Append(text);
    }

    private void WriteNumber(Span<byte> target, DuckDbColumn column, int index)
    {
        switch (emission.Type)
        {
            case TensorType.Float16:
                BinaryPrimitives.WriteHalfLittleEndian(target, (Half)column.Span<float>()[index]);
                break;
            case TensorType.BFloat16:
                BinaryPrimitives.WriteUInt16LittleEndian(target, ToBFloat16(column.Span<float>()[index]));
                break;
            default:
                WriteBits(target, column, index);
                break;
        }
    }

    private void WriteBits(Span<byte> target, DuckDbColumn column, int index)
    {
        switch (emission.Type.ElementSize())
        {
            case 1:
                target[0] = column.Span<byte>()[index];
                break;
            case 2:
                BinaryPrimitives.WriteInt16LittleEndian(target, column.Span<short>()[index]);
                break;
            case 4:
                BinaryPrimitives.WriteInt32LittleEndian(target, column.Span<int>()[index]);
                break;
            default:
                BinaryPrimitives.WriteInt64LittleEndian(target, column.Span<long>()[index]);
                break;
        }
    }

    private void WriteNaN(Span<byte> target)
    {
        switch (emission.Type)
        {
            case TensorType.Float16:
                BinaryPrimitives.WriteHalfLittleEndian(target, Half.NaN);
                break;
            case TensorType.BFloat16:
                BinaryPrimitives.WriteUInt16LittleEndian(target, ToBFloat16(float.NaN));
                break;
            case TensorType.Float32:
                BinaryPrimitives.WriteSingleLittleEndian(target, float.NaN);
                break;
            default:
                BinaryPrimitives.WriteDoubleLittleEndian(target, double.NaN);
                break;
        }
    }

    // Rounded to the nearest, ties to even; NaN stays NaN.
    private static ushort ToBFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (ushort)((bits >> 16) | 0x40) : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }

    private FairleadException Null() => FairleadException.Failed(
        $"The {label} gives NULL in '{emission.Column.Name}' at row {rows}, and {emission.Type.WireName()} has none; use coalesce.");
}
