using System.Buffers.Binary;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Compaction;

/// <summary>Splits the tensors of a record along their first dimension into rows of a struct column.</summary>
/// <param name="writer">Where the rows go, unless each call says so.</param>
internal sealed class TensorStruct(TensorColumn[] columns, DuckDbColumnWriter? writer = null)
{
    private readonly TensorCursor[] cursors = new TensorCursor[columns.Length];
    private bool isEmpty;

    /// <summary>Tensors that are not what the signature says and were written as NULL.</summary>
    public long Misfits { get; private set; }

    /// <summary>Looks whether a block has the tensors of those columns from end to end.</summary>
    /// <exception cref="InvalidDataException">It is cut short.</exception>
    public static void Check(TensorColumn[] columns, ReadOnlySpan<byte> block)
    {
        for (var i = 0; i < columns.Length && TensorBlock.TryRead(ref block, out _); i++)
        {
        }
    }

    /// <summary>Takes up the block of the next record.</summary>
    public void Begin(ReadOnlySpan<byte> block, int rows)
    {
        isEmpty = block.IsEmpty || columns.Length == 0;
        var rest = block;
        for (var i = 0; i < columns.Length; i++)
        {
            var isPresent = TensorBlock.TryRead(ref rest, out var tensor) && tensor.Type != 0;
            cursors[i] = isPresent ? Locate(columns[i], tensor, block.Length - rest.Length, rows) : new TensorCursor { Start = -1 };
            if (isPresent && cursors[i].Start < 0)
                Misfits++;
        }
    }

    /// <summary>Writes the next row; a record without tensors has NULL for the whole struct.</summary>
    public void WriteRow(ReadOnlySpan<byte> block) => WriteRow(block, writer!);

    /// <inheritdoc cref="WriteRow(ReadOnlySpan{byte})"/>
    public void WriteRow(ReadOnlySpan<byte> block, DuckDbColumnWriter target)
    {
        if (isEmpty)
        {
            target.WriteNull();
            return;
        }

        for (var i = 0; i < columns.Length; i++)
            WriteField(columns[i], ref cursors[i], target.Fields[i], block);
        target.EndStruct();
    }

    private static TensorCursor Locate(TensorColumn column, TensorView tensor, int end, int rows)
    {
        var none = new TensorCursor { Start = -1 };
        if (tensor.Type != column.Type || !HoldsItsElements(tensor))
            return none;
        var count = (int)tensor.Count;
        var isSplit = column.IsBatched && tensor.Rank > 0 && tensor.Dimension(0) == rows;
        if (!isSplit && column.IsBatched && rows != 1)
            return none;
        var perRow = isSplit ? count / rows : count;
        var start = end - tensor.Data.Length;
        return perRow == 1 || column.IsList
            ? new TensorCursor { Start = start, Next = start, PerRow = perRow, IsShared = !isSplit }
            : none;
    }

    private static bool HoldsItsElements(TensorView tensor)
    {
        if (tensor.Type != TensorType.Bytes)
            return tensor.Count * tensor.Type.ElementSize() == tensor.Data.Length;
        var rest = tensor.Data;
        for (var left = tensor.Count; left > 0; left--)
        {
            if (rest.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(rest) > rest.Length - sizeof(uint))
                return false;
            rest = rest[(sizeof(uint) + (int)BinaryPrimitives.ReadUInt32LittleEndian(rest))..];
        }

        return rest.IsEmpty;
    }

    private static void WriteField(TensorColumn column, ref TensorCursor cursor, DuckDbColumnWriter field, ReadOnlySpan<byte> block)
    {
        if (cursor.Start < 0)
        {
            field.WriteNull();
            return;
        }

        if (cursor.IsShared)
            cursor.Next = cursor.Start;
        if (!column.IsList)
        {
            cursor.Next += WriteElement(column.Type, field, block[cursor.Next..]);
            return;
        }

        var element = field.BeginList(cursor.PerRow);
        for (var i = 0; i < cursor.PerRow; i++)
            cursor.Next += WriteElement(column.Type, element, block[cursor.Next..]);
    }

    /// <summary>Writes the element at the start of the data, and returns its length there.</summary>
    private static int WriteElement(TensorType type, DuckDbColumnWriter column, ReadOnlySpan<byte> data)
    {
        switch (type)
        {
            case TensorType.Bool:
                column.Write((byte)(data[0] == 0 ? 0 : 1));
                return 1;
            case TensorType.UInt8 or TensorType.Int8:
                column.Write(data[0]);
                return 1;
            case TensorType.UInt16 or TensorType.Int16:
                column.Write(BinaryPrimitives.ReadUInt16LittleEndian(data));
                return 2;
            case TensorType.Float16:
                column.Write((float)BinaryPrimitives.ReadHalfLittleEndian(data));
                return 2;
            case TensorType.BFloat16:
                // The upper half of a single: the same exponent, fewer digits.
                column.Write(BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(data) << 16));
                return 2;
            case TensorType.UInt32 or TensorType.Int32 or TensorType.Float32:
                column.Write(BinaryPrimitives.ReadUInt32LittleEndian(data));
                return 4;
            case TensorType.Bytes:
                var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(data);
                LosslessText.Write(column, data.Slice(sizeof(uint), length));
                return sizeof(uint) + length;
            default:
                column.Write(BinaryPrimitives.ReadUInt64LittleEndian(data));
                return 8;
        }
    }
}
