using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;

namespace Fairlead.Serving.Forwarding.Recording;

/// <summary>Writes the tensors of a call's record, each of one row, as <see cref="Domain.Services.CallSignature"/> names them.</summary>
internal sealed class CallBlock
{
    private static readonly long[] OneRow = [1];
    private readonly ArrayBufferWriter<byte> block = new(1024);

    public ReadOnlySpan<byte> Bytes => block.WrittenSpan;

    public void Clear() => block.ResetWrittenCount();

    /// <summary>For what is not there.</summary>
    public void AddAbsent() => block.Write([(byte)0]);

    public void Add(long value)
    {
        var target = Begin(TensorType.Int64, sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(target, value);
        block.Advance(sizeof(long));
    }

    public void Add(string? text)
    {
        var value = text ?? "";
        var length = Encoding.UTF8.GetByteCount(value);
        Encoding.UTF8.GetBytes(value, BeginBytes(length));
        block.Advance(sizeof(uint) + length);
    }

    public void Add(ReadOnlySpan<byte> value)
    {
        value.CopyTo(BeginBytes(value.Length));
        block.Advance(sizeof(uint) + value.Length);
    }

    private Span<byte> BeginBytes(int length)
    {
        var target = Begin(TensorType.Bytes, sizeof(uint) + length);
        BinaryPrimitives.WriteUInt32LittleEndian(target, (uint)length);
        return target[sizeof(uint)..];
    }

    private Span<byte> Begin(TensorType type, int length)
    {
        block.Advance(TensorBlock.WriteHeader(block.GetSpan(TensorBlock.HeaderSize(rank: 1)), type, OneRow, length));
        return block.GetSpan(length);
    }
}
