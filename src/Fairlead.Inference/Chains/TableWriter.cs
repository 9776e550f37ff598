using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;

namespace Fairlead.Inference.Chains;

/// <summary>Writes tensors into the columns of a transform's table.</summary>
internal static class TableWriter
{
    /// <param name="stage">Whose table it is.</param>
    /// <param name="slots">The chain's tensors.</param>
    /// <exception cref="FairleadException">Failed: a tensor has other rows than the request; Invalid: a string is no text.</exception>
    public static void Write(DuckDbConnection connection, PlannedStage stage, GrowableBuffer[] slots, int rows)
    {
        using var appender = connection.OpenAppender(TransformSql.Table);
        var positions = new int[stage.Inputs.Count];
        for (var row = 0; row < rows; row++)
        {
            appender[0].Write((long)row);
            for (var i = 0; i < positions.Length; i++)
            {
                var block = slots[stage.Inputs[i]].Written;
                TensorBlock.TryRead(ref block, out var tensor);
                if (row == 0 && (tensor.Rank is not (1 or 2) || tensor.Dimension(0) != rows))
                    throw FairleadException.Failed($"The tensor '{stage.Table[i].Name}' has {(tensor.Rank == 0 ? 1 : tensor.Dimension(0))} rows before {stage.Label}, and the request has {rows}.");
                var count = tensor.Rank == 1 ? 1 : (int)tensor.Dimension(1);
                var column = appender[i + 1];
                var target = column.Type.Kind == DuckDbTypeKind.List ? column.BeginList(count) : column;
                for (var element = 0; element < count; element++)
                    WriteElement(target, stage.Table[i], tensor.Data, ref positions[i]);
            }

            appender.EndRow();
        }

        appender.Complete();
    }

    private static void WriteElement(DuckDbColumnWriter target, TensorSpec spec, ReadOnlySpan<byte> data, ref int position)
    {
        var left = data[position..];
        if (spec.Type == TensorType.Bytes)
        {
            var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(left);
            WriteText(target, spec, left.Slice(sizeof(uint), length));
            position += sizeof(uint) + length;
            return;
        }

        switch (spec.Type)
        {
            case TensorType.Float16:
                target.Write((float)BinaryPrimitives.ReadHalfLittleEndian(left));
                break;
            case TensorType.BFloat16:
                // The upper half of a FP32.
                target.Write(BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(left) << 16));
                break;
            default:
                WriteBits(target, spec.Type.ElementSize(), left);
                break;
        }

        position += spec.Type.ElementSize();
    }

    private static void WriteBits(DuckDbColumnWriter target, int size, ReadOnlySpan<byte> bits)
    {
        switch (size)
        {
            case 1:
                target.Write(bits[0]);
                break;
            case 2:
                target.Write(MemoryMarshal.Read<short>(bits));
                break;
            case 4:
                target.Write(MemoryMarshal.Read<int>(bits));
                break;
            default:
                target.Write(MemoryMarshal.Read<long>(bits));
                break;
        }
    }

    private static void WriteText(DuckDbColumnWriter target, TensorSpec spec, ReadOnlySpan<byte> text)
    {
        try
        {
            target.WriteUtf8(text);
        }
        catch (ArgumentException e)
        {
            throw new FairleadException(ProblemKind.Invalid, $"The tensor '{spec.Name}' has a string that is not UTF-8, '{Encoding.Latin1.GetString(text[..Math.Min(text.Length, 64)])}', and a transform takes text only; send UTF-8.", e);
        }
    }
}
