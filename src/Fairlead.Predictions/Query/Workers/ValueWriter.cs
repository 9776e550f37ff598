using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query.Workers;

/// <summary>Writes values one after the other, each with its tag: cells as they lie in a chunk, and objects of the kinds that cells have.</summary>
/// <param name="largest">Bytes that a value may have together with those before it, since <see cref="BeginRow"/>.</param>
internal sealed class ValueWriter(int largest = ValueWriter.Unbounded)
{
    /// <summary>More in one row is refused: whoever reads rows holds one at a time.</summary>
    public const int LargestRow = 8 << 20;
    private const int Unbounded = int.MaxValue;
    private readonly ArrayBufferWriter<byte> buffer = new();
    private int rowStart;

    public int Count => buffer.WrittenCount;

    public ReadOnlySpan<byte> Written => buffer.WrittenSpan;

    public void Clear()
    {
        buffer.ResetWrittenCount();
        rowStart = 0;
    }

    /// <summary>From here on bytes are counted against the largest row.</summary>
    public void BeginRow() => rowStart = buffer.WrittenCount;

    /// <summary>Writes a cell of the present chunk.</summary>
    /// <exception cref="NotSupportedException">Its type has no form here; see <see cref="DuckDbColumn.Value"/>.</exception>
    /// <exception cref="FairleadException">Exhausted: the row becomes larger than any may be.</exception>
    public void Write(DuckDbColumn column, int row)
    {
        if (column.IsNull(row))
        {
            Tag(ValueTag.Null, 0);
            return;
        }

        switch (column.Type.Kind)
        {
            case DuckDbTypeKind.Integer: Fixed(ValueTag.Int32, column.Span<int>()[row]); break;
            case DuckDbTypeKind.BigInt: Fixed(ValueTag.Int64, column.Span<long>()[row]); break;
            case DuckDbTypeKind.Float: Fixed(ValueTag.Single, column.Span<float>()[row]); break;
            case DuckDbTypeKind.Double: Fixed(ValueTag.Double, column.Span<double>()[row]); break;
            case DuckDbTypeKind.Varchar: Bytes(ValueTag.Text, column.Bytes(row)); break;
            case DuckDbTypeKind.Blob: Bytes(ValueTag.Bytes, column.Bytes(row)); break;
            case DuckDbTypeKind.List or DuckDbTypeKind.Array: WriteList(column, row); break;
            case DuckDbTypeKind.Struct: WriteStruct(column, row); break;
            case DuckDbTypeKind.Map: WriteMap(column, row); break;
            default: Write(column.Value(row)); break;
        }
    }

    /// <summary>Writes an object, of a kind that <see cref="DuckDbColumn.Value"/> returns or <see cref="DuckDbStatement.Bind"/> takes.</summary>
    public void Write(object? value)
    {
        switch (value)
        {
            case null: Tag(ValueTag.Null, 0); break;
            case bool flag: Tag(flag ? ValueTag.True : ValueTag.False, 0); break;
            case sbyte number: Fixed(ValueTag.Int8, number); break;
            case short number: Fixed(ValueTag.Int16, number); break;
            case int number: Fixed(ValueTag.Int32, number); break;
            case long number: Fixed(ValueTag.Int64, number); break;
            case byte number: Fixed(ValueTag.UInt8, number); break;
            case ushort number: Fixed(ValueTag.UInt16, number); break;
            case uint number: Fixed(ValueTag.UInt32, number); break;
            case ulong number: Fixed(ValueTag.UInt64, number); break;
            case Int128 number: Fixed(ValueTag.Int128, number); break;
            case UInt128 number: Fixed(ValueTag.UInt128, number); break;
            case float number: Fixed(ValueTag.Single, number); break;
            case double number: Fixed(ValueTag.Double, number); break;
            case decimal number: Fixed(ValueTag.Decimal, number); break;
            case string text: WriteText(text); break;
            case byte[] data: Bytes(ValueTag.Bytes, data); break;
            case Guid id: Fixed(ValueTag.Guid, id); break;
            case DateOnly date: Fixed(ValueTag.Date, date.DayNumber); break;
            case TimeOnly time: Fixed(ValueTag.Time, time.Ticks); break;
            case DateTime time: Fixed(ValueTag.DateTime, time.ToBinary()); break;
            case DateTimeOffset time: Fixed(ValueTag.Instant, time.UtcTicks); break;
            case DuckDbInterval interval: Fixed(ValueTag.Interval, interval); break;
            case object?[] list: WriteList(list); break;
            default: throw new NotSupportedException($"A value of type {value.GetType().Name} cannot be sent.");
        }
    }

    private void WriteText(string text)
    {
        var bytes = Encoding.UTF8.GetByteCount(text);
        Tag(ValueTag.Text, sizeof(int) + bytes);
        Append(bytes);
        Encoding.UTF8.GetBytes(text, buffer);
    }

    private void WriteList(object?[] list)
    {
        Fixed(ValueTag.List, list.Length);
        foreach (var item in list)
            Write(item);
    }

    private void WriteList(DuckDbColumn column, int row)
    {
        var (offset, count) = column.Range(row);
        Fixed(ValueTag.List, count);
        for (var i = 0; i < count; i++)
            Write(column.Children[0], offset + i);
    }

    private void WriteMap(DuckDbColumn column, int row)
    {
        var (offset, count) = column.Range(row);
        Fixed(ValueTag.Map, count);
        for (var i = 0; i < count; i++)
        {
            Write(column.Children[0], offset + i);
            Write(column.Children[1], offset + i);
        }
    }

    private void WriteStruct(DuckDbColumn column, int row)
    {
        Fixed(ValueTag.Struct, column.Children.Count);
        for (var i = 0; i < column.Children.Count; i++)
        {
            WriteText(column.Type.Fields[i].Name);
            Write(column.Children[i], row);
        }
    }

    private void Bytes(ValueTag tag, ReadOnlySpan<byte> bytes)
    {
        Tag(tag, sizeof(int) + bytes.Length);
        Append(bytes.Length);
        buffer.Write(bytes);
    }

    private void Fixed<T>(ValueTag tag, T value)
        where T : unmanaged
    {
        Tag(tag, 0);
        Append(value);
    }

    private void Append<T>(T value)
        where T : unmanaged => buffer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    private void Tag(ValueTag tag, int following)
    {
        if (buffer.WrittenCount - rowStart > largest - following)
            throw new FairleadException(
                ProblemKind.Exhausted, $"A row of the answer has more than {LargestRow >> 20} MB; choose fewer columns or aggregate less, or export the rows as CSV or Parquet.");
        buffer.Write([(byte)tag]);
    }
}
