using System.Buffers;
using System.Buffers.Binary;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Services;

namespace Fairlead.Replay.Scoring;

/// <summary>Reads and writes the tensors of one call, each of one row, in the order of <see cref="CallSignature"/>.</summary>
internal static class CallTensors
{
    /// <summary>The next tensor's text; the block begins behind it afterwards.</summary>
    public static ReadOnlySpan<byte> ReadText(scoped ref ReadOnlySpan<byte> block)
    {
        TensorBlock.TryRead(ref block, out var tensor);
        return tensor.Data.Slice(sizeof(uint), (int)BinaryPrimitives.ReadUInt32LittleEndian(tensor.Data));
    }

    public static void Skip(scoped ref ReadOnlySpan<byte> block) => TensorBlock.TryRead(ref block, out _);

    public static void WriteText(IBufferWriter<byte> block, ReadOnlySpan<byte> text)
    {
        var header = TensorBlock.HeaderSize(1);
        var size = sizeof(uint) + text.Length;
        var target = block.GetSpan(header + size);
        TensorBlock.WriteHeader(target, TensorType.Bytes, [1], size);
        BinaryPrimitives.WriteUInt32LittleEndian(target[header..], (uint)text.Length);
        text.CopyTo(target[(header + sizeof(uint))..]);
        block.Advance(header + size);
    }

    public static void WriteNumber(IBufferWriter<byte> block, long number)
    {
        var header = TensorBlock.HeaderSize(1);
        var target = block.GetSpan(header + sizeof(long));
        TensorBlock.WriteHeader(target, TensorType.Int64, [1], sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(target[header..], number);
        block.Advance(header + sizeof(long));
    }
}
