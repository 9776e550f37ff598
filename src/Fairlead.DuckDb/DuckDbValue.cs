using System.Globalization;
using System.Text;
using Fairlead.DuckDb.Native;

namespace Fairlead.DuckDb;

/// <summary>Turns a cell into an object; the forms are listed at <see cref="DuckDbColumn.Value"/>.</summary>
internal static class DuckDbValue
{
    private const int LargestClrDecimal = 28;
    private static readonly int EpochDay = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    public static object Read(DuckDbColumn column, int row) => column.Type.Kind switch
    {
        DuckDbTypeKind.Boolean => column.At<byte>(row) != 0,
        DuckDbTypeKind.TinyInt => column.At<sbyte>(row),
        DuckDbTypeKind.SmallInt => column.At<short>(row),
        DuckDbTypeKind.Integer => column.At<int>(row),
        DuckDbTypeKind.BigInt => column.At<long>(row),
        DuckDbTypeKind.UTinyInt => column.At<byte>(row),
        DuckDbTypeKind.USmallInt => column.At<ushort>(row),
        DuckDbTypeKind.UInteger => column.At<uint>(row),
        DuckDbTypeKind.UBigInt => column.At<ulong>(row),
        DuckDbTypeKind.HugeInt => column.At<NativeHugeInt>(row).Value,
        DuckDbTypeKind.UHugeInt => column.At<NativeHugeInt>(row).UnsignedValue,
        DuckDbTypeKind.Float => column.At<float>(row),
        DuckDbTypeKind.Double => column.At<double>(row),
        DuckDbTypeKind.Decimal => ReadDecimal(column, row),
        DuckDbTypeKind.Varchar => Encoding.UTF8.GetString(column.Bytes(row)),
        DuckDbTypeKind.Blob => column.Bytes(row).ToArray(),
        DuckDbTypeKind.Uuid => ReadUuid(column.At<NativeHugeInt>(row)),
        DuckDbTypeKind.Date => ReadDate(column.At<int>(row)),
        DuckDbTypeKind.Time => new TimeOnly(Math.Min(column.At<long>(row) * TimeSpan.TicksPerMicrosecond, TimeOnly.MaxValue.Ticks)),
        DuckDbTypeKind.Timestamp => ReadTime(column.At<long>(row), TimeSpan.TicksPerMicrosecond, DateTimeKind.Unspecified),
        DuckDbTypeKind.TimestampTz => ReadTime(column.At<long>(row), TimeSpan.TicksPerMicrosecond, DateTimeKind.Utc),
        DuckDbTypeKind.TimestampSeconds => ReadTime(column.At<long>(row), TimeSpan.TicksPerSecond, DateTimeKind.Unspecified),
        DuckDbTypeKind.TimestampMilliseconds => ReadTime(column.At<long>(row), TimeSpan.TicksPerMillisecond, DateTimeKind.Unspecified),
        DuckDbTypeKind.TimestampNanoseconds => ReadTime(column.At<long>(row) / TimeSpan.NanosecondsPerTick, 1, DateTimeKind.Unspecified),
        DuckDbTypeKind.Interval => ReadInterval(column.At<NativeInterval>(row)),
        DuckDbTypeKind.Enum => column.Type.EnumValues[ReadEnumCode(column, row)],
        DuckDbTypeKind.List or DuckDbTypeKind.Array => ReadList(column, row),
        DuckDbTypeKind.Struct => ReadStruct(column, row),
        DuckDbTypeKind.Map => ReadMap(column, row),
        _ => throw new NotSupportedException($"A column of type {column.Type} cannot be read; cast it to VARCHAR."),
    };

    private static object ReadDecimal(DuckDbColumn column, int row)
    {
        var type = column.Type;
        Int128 digits = type.Width switch
        {
            <= 4 => column.At<short>(row),
            <= 9 => column.At<int>(row),
            <= 18 => column.At<long>(row),
            _ => column.At<NativeHugeInt>(row).Value,
        };
        if (type.Width > LargestClrDecimal)
            return Text(digits, type.Scale);
        var magnitude = (UInt128)Int128.Abs(digits);
        return new decimal((int)(uint)magnitude, (int)(uint)(magnitude >> 32), (int)(uint)(magnitude >> 64), digits < 0, (byte)type.Scale);
    }

    private static string Text(Int128 digits, int scale)
    {
        var text = Int128.Abs(digits).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return (digits < 0 ? "-" : "") + (scale == 0 ? text : $"{text[..^scale]}.{text[^scale..]}");
    }

    private static Guid ReadUuid(NativeHugeInt stored)
    {
        // The top bit is flipped so that UUIDs sort as signed integers.
        Span<byte> bytes = stackalloc byte[16];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, stored.Upper ^ long.MinValue);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], stored.Lower);
        return new Guid(bytes, bigEndian: true);
    }

    private static DateOnly ReadDate(int days) =>
        DateOnly.FromDayNumber((int)Math.Clamp((long)EpochDay + days, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber));

    private static DateTime ReadTime(long value, long ticksPerUnit, DateTimeKind kind)
    {
        var ticks = (Int128)value * ticksPerUnit + DateTime.UnixEpoch.Ticks;
        return new DateTime((long)Int128.Clamp(ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks), kind);
    }

    private static DuckDbInterval ReadInterval(NativeInterval interval) => new(interval.Months, interval.Days, interval.Microseconds);

    private static int ReadEnumCode(DuckDbColumn column, int row) => column.Type.EnumValues.Count switch
    {
        <= byte.MaxValue + 1 => column.At<byte>(row),
        <= ushort.MaxValue + 1 => column.At<ushort>(row),
        _ => column.At<int>(row),
    };

    private static object?[] ReadList(DuckDbColumn column, int row)
    {
        var (offset, count) = column.Range(row);
        var values = new object?[count];
        for (var i = 0; i < count; i++)
            values[i] = column.Children[0].Value(offset + i);
        return values;
    }

    private static Dictionary<string, object?> ReadStruct(DuckDbColumn column, int row)
    {
        var values = new Dictionary<string, object?>(column.Children.Count, StringComparer.Ordinal);
        for (var i = 0; i < column.Children.Count; i++)
            values[column.Type.Fields[i].Name] = column.Children[i].Value(row);
        return values;
    }

    private static KeyValuePair<object, object?>[] ReadMap(DuckDbColumn column, int row)
    {
        var (offset, count) = column.Range(row);
        var values = new KeyValuePair<object, object?>[count];
        for (var i = 0; i < count; i++)
            values[i] = new KeyValuePair<object, object?>(column.Children[0].Value(offset + i)!, column.Children[1].Value(offset + i));
        return values;
    }
}
