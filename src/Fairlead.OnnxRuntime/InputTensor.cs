using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Fairlead.OnnxRuntime;

/// <summary>
/// One input of a call. Numbers live in an aligned native buffer that the engine reads in place; strings live in the engine's own
/// strings, whose storage is reused. The native tensor is made anew only when the shape changes.
/// </summary>
internal sealed unsafe class InputTensor(OnnxEngine engine, OnnxTensorInfo info)
{
    private const nuint Alignment = 64;
    private const int SmallestBuffer = 64;
    private readonly OnnxApi api = engine.Api;
    private readonly long[] shape = new long[OnnxCall.MaxRank];
    private int rank = -1;
    private int elements;
    private byte* buffer;
    private int capacity;

    /// <summary>The native tensor, 0 until it is set.</summary>
    public nint Value { get; private set; }

    /// <summary>Bytes that the tensor holds on to.</summary>
    public int HeldBytes { get; private set; }

    public void Set(ReadOnlySpan<long> newShape, ReadOnlySpan<byte> data)
    {
        var size = info.Type.Size();
        if (Value == 0 || !newShape.SequenceEqual(shape.AsSpan(0, rank)) || data.Length > capacity)
            Create(newShape, data.Length, size);
        if (size == 0)
            FillStrings(data);
        else if (data.Length == elements * size)
            data.CopyTo(new Span<byte>(buffer, data.Length));
        else
            throw new ArgumentException($"The tensor '{info.Name}' takes {elements * size} bytes for its shape, not {data.Length}.", nameof(data));
    }

    public void Release()
    {
        ReleaseValue();
        NativeMemory.AlignedFree(buffer);
        buffer = null;
        capacity = 0;
        HeldBytes = 0;
    }

    private void ReleaseValue()
    {
        if (Value != 0)
            api.ReleaseValue(Value);
        Value = 0;
        rank = -1;
    }

    private void Create(ReadOnlySpan<long> newShape, int length, int elementSize)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(newShape.Length, OnnxCall.MaxRank);
        ReleaseValue();
        elements = ElementCount(newShape);
        var bytes = checked(elements * elementSize);
        if (elementSize != 0)
            Grow(bytes);
        nint value;
        fixed (long* dimensions = shape)
        {
            newShape.CopyTo(shape);
            api.Check(elementSize == 0
                ? api.CreateTensorAsOrtValue(engine.Allocator, dimensions, (nuint)newShape.Length, (int)info.Type, &value)
                : api.CreateTensorWithDataAsOrtValue(engine.CpuMemory, buffer, (nuint)bytes, dimensions, (nuint)newShape.Length, (int)info.Type, &value));
        }

        Value = value;
        rank = newShape.Length;
        HeldBytes = elementSize == 0 ? Math.Max(HeldBytes, length) : capacity;
    }

    private void Grow(int bytes)
    {
        if (bytes <= capacity && buffer is not null)
            return;
        NativeMemory.AlignedFree(buffer);
        // Both zero first: should the allocation fail, nothing points to freed memory.
        buffer = null;
        capacity = 0;
        var size = Math.Max(SmallestBuffer, bytes);
        buffer = (byte*)NativeMemory.AlignedAlloc((nuint)size, Alignment);
        capacity = size;
    }

    private void FillStrings(ReadOnlySpan<byte> data)
    {
        HeldBytes = Math.Max(HeldBytes, data.Length);
        for (var i = 0; i < elements; i++)
        {
            if (data.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(data) > data.Length - sizeof(uint))
                throw new ArgumentException($"The strings of the tensor '{info.Name}' are cut short.", nameof(data));
            var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(data);
            byte* target;
            api.Check(api.GetResizedStringTensorElementBuffer(Value, (nuint)i, (nuint)length, &target));
            data.Slice(sizeof(uint), length).CopyTo(new Span<byte>(target, length));
            data = data[(sizeof(uint) + length)..];
        }

        if (!data.IsEmpty)
            throw new ArgumentException($"The tensor '{info.Name}' has {elements} strings, and bytes are left over.", nameof(data));
    }

    private static int ElementCount(ReadOnlySpan<long> shape)
    {
        var count = 1L;
        foreach (var dimension in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(dimension);
            count = checked(count * dimension);
        }

        return checked((int)count);
    }
}
