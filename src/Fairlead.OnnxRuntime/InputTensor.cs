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

    // Of so many strings the places are remembered.
    private const int MaxSlots = 1024;
    private readonly OnnxApi api = engine.Api;
    private readonly long[] shape = new long[OnnxCall.MaxRank];
    private int rank = -1;
    private int elements;
    private byte* buffer;
    private int capacity;
    private StringSlot[] slots = [];

    /// <summary>The native tensor, 0 until it is set.</summary>
    public nint Value { get; private set; }

    /// <summary>Bytes that the tensor holds on to, at most.</summary>
    public int HeldBytes { get; private set; }

    public void Set(ReadOnlySpan<long> newShape, ReadOnlySpan<byte> data)
    {
        var size = info.Type.Size();
        // Strings lie in the engine's memory, so that only the shape makes a new tensor necessary.
        if (Value == 0 || !newShape.SequenceEqual(shape.AsSpan(0, rank)) || (size != 0 && data.Length > capacity))
            Create(newShape, size);
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
        Array.Clear(slots);
        if (Value != 0)
            api.ReleaseValue(Value);
        Value = 0;
        rank = -1;
    }

    private void Create(ReadOnlySpan<long> newShape, int elementSize)
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
        if (elementSize == 0 && slots.Length < Math.Min(elements, MaxSlots))
            slots = new StringSlot[Math.Min(elements, MaxSlots)];
        HeldBytes = capacity;
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
        for (var i = 0; i < elements; i++)
        {
            if (data.Length < sizeof(uint) || BinaryPrimitives.ReadUInt32LittleEndian(data) > data.Length - sizeof(uint))
                throw new ArgumentException($"The strings of the tensor '{info.Name}' are cut short.", nameof(data));
            var length = (int)BinaryPrimitives.ReadUInt32LittleEndian(data);
            data.Slice(sizeof(uint), length).CopyTo(new Span<byte>(Place(i, length), length));
            data = data[(sizeof(uint) + length)..];
        }

        if (!data.IsEmpty)
            throw new ArgumentException($"The tensor '{info.Name}' has {elements} strings, and bytes are left over.", nameof(data));
    }

    // Asking the engine costs more than the copy; a string of the same length stays where it is.
    private byte* Place(int index, int length)
    {
        if ((uint)index < (uint)slots.Length && slots[index].Start is not null && slots[index].Length == length)
            return slots[index].Start;
        byte* start;
        api.Check(api.GetResizedStringTensorElementBuffer(Value, (nuint)index, (nuint)length, &start));
        // A string never gives memory back before the tensor does; counted twice is better than not at all.
        HeldBytes = (int)Math.Min((long)HeldBytes + length, int.MaxValue);
        if (index < slots.Length)
            slots[index] = new StringSlot { Start = start, Length = length };
        return start;
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
