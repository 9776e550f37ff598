using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;

namespace Fairlead.Predictions.Scoring;

/// <summary>Lays chosen rows of a chunk out as the tensors of a signature, whole columns at a time where their storage is that of the tensor. Reused; one thread at a time.</summary>
/// <param name="specs">Of the signature's inputs.</param>
/// <param name="columns">How each lies in the chunk.</param>
internal sealed class RowBlock(IReadOnlyList<TensorSpec> specs, TensorColumn[] columns)
{
    private readonly ArrayBufferWriter<byte> block = new();
    private readonly ArrayBufferWriter<byte> data = new();
    private readonly long[] shape = new long[TensorBlock.MaxRank];

    /// <summary>Valid until the next call.</summary>
    public ReadOnlyMemory<byte> Written => block.WrittenMemory;

    /// <param name="rows">Numbers of the rows, rising; none of their values is NULL, and their lists are of one length.</param>
    public void Build(IReadOnlyList<DuckDbColumn> arguments, ReadOnlySpan<int> rows)
    {
        block.ResetWrittenCount();
        for (var i = 0; i < columns.Length; i++)
        {
            data.ResetWrittenCount();
            var perRow = columns[i].IsList ? arguments[i].Range(rows[0]).Count : 1;
            if (columns[i].IsList)
                AppendLists(columns[i].Type, arguments[i], rows);
            else
                AppendElements(columns[i].Type, arguments[i], rows);
            var dimensions = FindShape(specs[i], rows.Length, perRow);
            var header = block.GetSpan(TensorBlock.HeaderSize(dimensions.Length));
            block.Advance(TensorBlock.WriteHeader(header, columns[i].Type, dimensions, data.WrittenCount));
            block.Write(data.WrittenSpan);
        }
    }

    private ReadOnlySpan<long> FindShape(TensorSpec spec, int rows, int perRow)
    {
        var known = 1L;
        var variable = -1;
        for (var axis = 0; axis < spec.Shape.Count; axis++)
        {
            var isRows = axis == 0 && spec.Shape[0] < 0;
            shape[axis] = isRows ? rows : spec.Shape[axis];
            if (spec.Shape[axis] < 0 && !isRows)
                variable = axis;
            else if (!isRows)
                known *= shape[axis];
        }

        if (variable >= 0)
            shape[variable] = known == 0 ? 0 : perRow / known;
        return shape.AsSpan(0, spec.Shape.Count);
    }

    private void AppendLists(TensorType type, DuckDbColumn lists, ReadOnlySpan<int> rows)
    {
        var elements = lists.Children[0];
        var size = type.ElementSize();
        foreach (var row in rows)
        {
            var (offset, count) = lists.Range(row);
            if (IsStoredAlike(type))
                data.Write(Storage(elements, size).Slice(offset * size, count * size));
            else
                AppendEach(type, elements, offset, count);
        }
    }

    private void AppendElements(TensorType type, DuckDbColumn values, ReadOnlySpan<int> rows)
    {
        var size = type.ElementSize();
        var isRun = rows[^1] - rows[0] == rows.Length - 1;
        if (isRun && IsStoredAlike(type))
            data.Write(Storage(values, size).Slice(rows[0] * size, rows.Length * size));
        else if (isRun)
            AppendEach(type, values, rows[0], rows.Length);
        else
            AppendChosen(type, values, rows);
    }

    private void AppendChosen(TensorType type, DuckDbColumn values, ReadOnlySpan<int> rows)
    {
        var size = type.ElementSize();
        foreach (var row in rows)
        {
            if (IsStoredAlike(type))
                data.Write(Storage(values, size).Slice(row * size, size));
            else
                AppendEach(type, values, row, 1);
        }
    }

    private void AppendEach(TensorType type, DuckDbColumn values, int first, int count)
    {
        for (var row = first; row < first + count; row++)
        {
            switch (type)
            {
                case TensorType.Bytes:
                    var text = values.Bytes(row);
                    BinaryPrimitives.WriteUInt32LittleEndian(data.GetSpan(sizeof(uint)), (uint)text.Length);
                    data.Advance(sizeof(uint));
                    data.Write(text);
                    break;
                case TensorType.Float16:
                    BinaryPrimitives.WriteHalfLittleEndian(data.GetSpan(sizeof(ushort)), (Half)values.Span<float>()[row]);
                    data.Advance(sizeof(ushort));
                    break;
                default:
                    // The upper half of a single.
                    BinaryPrimitives.WriteUInt16LittleEndian(data.GetSpan(sizeof(ushort)), (ushort)(BitConverter.SingleToUInt32Bits(values.Span<float>()[row]) >> 16));
                    data.Advance(sizeof(ushort));
                    break;
            }
        }
    }

    // The others are text, or singles in the tables.
    private static bool IsStoredAlike(TensorType type) => type is not (TensorType.Bytes or TensorType.Float16 or TensorType.BFloat16);

    private static ReadOnlySpan<byte> Storage(DuckDbColumn column, int size) => size switch
    {
        1 => column.Span<byte>(),
        2 => MemoryMarshal.AsBytes(column.Span<ushort>()),
        4 => MemoryMarshal.AsBytes(column.Span<uint>()),
        _ => MemoryMarshal.AsBytes(column.Span<ulong>()),
    };
}
