using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Fairlead.Domain.Models;
using Fairlead.Domain.Predictions;

namespace Fairlead.Predictions.Tests.Compaction;

/// <summary>Builds blocks of tensors as the host logs them.</summary>
internal sealed class Blocks
{
    private readonly MemoryStream stream = new();

    public byte[] Bytes => stream.ToArray();

    public Blocks Add<T>(TensorType type, long[] shape, params T[] values)
        where T : unmanaged => Add(type, shape, MemoryMarshal.AsBytes(values.AsSpan()));

    public Blocks AddText(long[] shape, params string[] values) => AddBytes(shape, Array.ConvertAll(values, Encoding.UTF8.GetBytes));

    public Blocks AddBytes(long[] shape, params byte[][] values)
    {
        var data = new MemoryStream();
        Span<byte> length = stackalloc byte[sizeof(uint)];
        foreach (var value in values)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)value.Length);
            data.Write(length);
            data.Write(value);
        }

        return Add(TensorType.Bytes, shape, data.ToArray());
    }

    public Blocks AddAbsent()
    {
        stream.WriteByte(0);
        return this;
    }

    private Blocks Add(TensorType type, long[] shape, ReadOnlySpan<byte> data)
    {
        var header = new byte[TensorBlock.HeaderSize(shape.Length)];
        TensorBlock.WriteHeader(header, type, shape, data.Length);
        stream.Write(header);
        stream.Write(data);
        return this;
    }
}
