using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.DuckDb;

namespace Fairlead.Inference.Chains;

/// <summary>
/// A transform over one row that is given by parameters instead of a table, which takes a tenth of the time. Serves transforms all of whose
/// columns are scalars or short lists of a known length.
/// </summary>
internal sealed class SingleRow : IDisposable
{
    private const int MaxParameters = 256;
    private readonly PlannedStage stage;

    private SingleRow(PlannedStage stage, DuckDbStatement statement)
    {
        this.stage = stage;
        Statement = statement;
    }

    public DuckDbStatement Statement { get; }

    /// <summary>Null when the transform is not served this way.</summary>
    public static SingleRow? TryPrepare(DuckDbConnection connection, PlannedStage stage)
    {
        if (stage.Table.Any(column => Width(column) < 0) || stage.Table.Sum(Width) > MaxParameters)
            return null;
        try
        {
            return new SingleRow(stage, connection.Prepare(TransformSql.SelectSingle(stage)));
        }
        catch (DuckDbException)
        {
            // Its text means something else within another statement: it ends in a comment behind its semicolon, or uses names of ours.
            return null;
        }
    }

    /// <summary>False when the tensors are not of the lengths that the plan has, or hold strings that are no text.</summary>
    public bool TryBind(GrowableBuffer[] slots)
    {
        var parameter = 0;
        for (var i = 0; i < stage.Inputs.Count; i++)
        {
            var block = slots[stage.Inputs[i]].Written;
            TensorBlock.TryRead(ref block, out var tensor);
            var width = Width(stage.Table[i]);
            if (tensor.Rank is not (1 or 2) || tensor.Dimension(0) != 1 || tensor.Count != width)
                return false;
            var data = tensor.Data;
            for (var element = 0; element < width; element++)
            {
                if (Take(stage.Table[i].Type, ref data) is not { } value)
                    return false;
                Statement.Bind(++parameter, value);
            }
        }

        return true;
    }

    public void Dispose() => Statement.Dispose();

    /// <summary>Values in one row of a column; negative when that is not known.</summary>
    public static int Width(TensorSpec column) => column.Shape.Count == 1 ? 1 : (int)Math.Min(column.Shape[1], int.MaxValue / 1024);

    /// <summary>The type in which an element is bound; from there it is cast to the column's.</summary>
    public static string ParameterType(TensorType type) => type switch
    {
        TensorType.Bool => "BOOLEAN",
        TensorType.Float16 or TensorType.BFloat16 or TensorType.Float32 => "FLOAT",
        TensorType.Float64 => "DOUBLE",
        TensorType.Bytes or TensorType.UInt64 => "VARCHAR",
        _ => "BIGINT",
    };

    private static object? Take(TensorType type, ref ReadOnlySpan<byte> data)
    {
        if (type == TensorType.Bytes)
            return TakeText(ref data);
        var element = data;
        data = data[type.ElementSize()..];
        return type switch
        {
            TensorType.Bool => element[0] != 0,
            TensorType.UInt8 => (long)element[0],
            TensorType.UInt16 => (long)MemoryMarshal.Read<ushort>(element),
            TensorType.UInt32 => (long)MemoryMarshal.Read<uint>(element),
            // There is no parameter that is wide enough.
            TensorType.UInt64 => MemoryMarshal.Read<ulong>(element).ToString(System.Globalization.CultureInfo.InvariantCulture),
            TensorType.Int8 => (long)(sbyte)element[0],
            TensorType.Int16 => (long)MemoryMarshal.Read<short>(element),
            TensorType.Int32 => (long)MemoryMarshal.Read<int>(element),
            TensorType.Int64 => MemoryMarshal.Read<long>(element),
            TensorType.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(element),
            TensorType.BFloat16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(element) << 16),
            TensorType.Float32 => MemoryMarshal.Read<float>(element),
            TensorType.Float64 => MemoryMarshal.Read<double>(element),
            _ => throw new ArgumentOutOfRangeException(nameof(type), type, "unknown element type"),
        };
    }

    private static string? TakeText(ref ReadOnlySpan<byte> data)
    {
        var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(data);
        var text = data.Slice(sizeof(uint), length);
        data = data[(sizeof(uint) + length)..];
        return System.Text.Unicode.Utf8.IsValid(text) ? Encoding.UTF8.GetString(text) : null;
    }
}
