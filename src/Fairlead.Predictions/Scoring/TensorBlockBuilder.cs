using System.Buffers;
using System.Buffers.Binary;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;

namespace Fairlead.Predictions.Scoring;

/// <summary>Lays the columns of a chunk out as the tensors of a signature, a row of each for a row of the chunk.</summary>
internal sealed class TensorBlockBuilder(IReadOnlyList<TensorSpec> specs, TensorColumn[] columns)
{
    private readonly ArrayBufferWriter<byte> block = new();
    private readonly ArrayBufferWriter<byte> data = new();
    private readonly long[] shape = new long[TensorBlock.MaxRank];

    /// <returns>Valid until the next call.</returns>
    /// <exception cref="FairleadException">Invalid: a value is NULL, a list has another length than the input, or the input takes no batch.</exception>
    public ReadOnlySpan<byte> Build(DuckDbResult chunk)
    {
        block.ResetWrittenCount();
        for (var i = 0; i < columns.Length; i++)
            Append(specs[i], columns[i], chunk.Column(i), chunk.ChunkRows);
        return block.WrittenSpan;
    }

    private void Append(TensorSpec spec, TensorColumn column, DuckDbColumn values, int rows)
    {
        if (!column.IsBatched && rows != 1)
            throw FairleadException.Invalid($"The input '{spec.Name}' takes no batch: its first dimension is fixed to {(spec.Shape.Count == 0 ? "a scalar" : spec.Shape[0])}.");
        data.ResetWrittenCount();
        var perRow = -1;
        for (var row = 0; row < rows; row++)
        {
            if (values.IsNull(row))
                throw FairleadException.Invalid($"The input '{spec.Name}' is NULL in a row; a model takes no missing values, so fill or leave out such rows.");
            var count = AppendRow(column, values, row);
            if (perRow >= 0 && count != perRow)
                throw FairleadException.Invalid($"The input '{spec.Name}' has {count} elements in one row and {perRow} in another; they must be as many.");
            perRow = count;
        }

        var dimensions = FindShape(spec, rows, perRow);
        var header = block.GetSpan(TensorBlock.HeaderSize(dimensions.Length));
        block.Advance(TensorBlock.WriteHeader(header, spec.Type, dimensions, data.WrittenCount));
        block.Write(data.WrittenSpan);
    }

    private int AppendRow(TensorColumn column, DuckDbColumn values, int row)
    {
        if (!column.IsList)
        {
            AppendElement(column.Type, values, row);
            return 1;
        }

        var (offset, count) = values.Range(row);
        for (var i = offset; i < offset + count; i++)
            AppendElement(column.Type, values.Children[0], i);
        return count;
    }

    private ReadOnlySpan<long> FindShape(TensorSpec spec, int rows, int perRow)
    {
        var variable = -1;
        var known = 1L;
        for (var axis = 0; axis < spec.Shape.Count; axis++)
        {
            var isRows = axis == 0 && spec.Shape[0] < 0;
            shape[axis] = isRows ? rows : spec.Shape[axis];
            if (spec.Shape[axis] < 0 && !isRows)
                variable = variable < 0 ? axis : throw FairleadException.Invalid($"The input '{spec.Name}' has several variable dimensions in a row, which a list cannot tell apart.");
            else if (!isRows)
                known *= shape[axis];
        }

        if (variable >= 0)
            shape[variable] = perRow / known;
        else if (known != perRow)
            throw FairleadException.Invalid($"The input '{spec.Name}' takes {known} elements a row, and the rows have {perRow}.");
        return shape.AsSpan(0, spec.Shape.Count);
    }

    private void AppendElement(TensorType type, DuckDbColumn values, int row)
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
                BinaryPrimitives.WriteHalfLittleEndian(data.GetSpan(2), (Half)values.Span<float>()[row]);
                data.Advance(2);
                break;
            case TensorType.BFloat16:
                BinaryPrimitives.WriteUInt16LittleEndian(data.GetSpan(2), (ushort)(BitConverter.SingleToUInt32Bits(values.Span<float>()[row]) >> 16));
                data.Advance(2);
                break;
            default:
                AppendFixed(type.ElementSize(), values, row);
                break;
        }
    }

    private void AppendFixed(int size, DuckDbColumn values, int row)
    {
        var target = data.GetSpan(size);
        switch (size)
        {
            case 1: target[0] = values.Span<byte>()[row]; break;
            case 2: BinaryPrimitives.WriteUInt16LittleEndian(target, values.Span<ushort>()[row]); break;
            case 4: BinaryPrimitives.WriteUInt32LittleEndian(target, values.Span<uint>()[row]); break;
            default: BinaryPrimitives.WriteUInt64LittleEndian(target, values.Span<ulong>()[row]); break;
        }

        data.Advance(size);
    }
}
