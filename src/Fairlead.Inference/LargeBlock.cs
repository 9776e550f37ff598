using System.Buffers;
using System.Runtime.InteropServices;

namespace Fairlead.Inference;

/// <summary>
/// Bytes outside the managed heap, which go back to the system as soon as they are let go: what one large request needs is not kept for as long as the process lives,
/// as a pool would, nor until a collection that nothing else asks for. One thread at a time.
/// </summary>
public sealed unsafe class LargeBlock : MemoryManager<byte>
{
    private byte* start;

    /// <param name="size">Bytes; they hold anything.</param>
    public LargeBlock(int size) => Resize(size);

    public int Size { get; private set; }

    /// <summary>Keeps what fits. Spans and memory from before lead nowhere afterwards.</summary>
    public void Resize(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        start = (byte*)NativeMemory.Realloc(start, (nuint)size);
        Size = size;
    }

    public override Span<byte> GetSpan() => new(start, Size);

    public override MemoryHandle Pin(int elementIndex = 0)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)elementIndex, (uint)Size, nameof(elementIndex));
        return new MemoryHandle(start + elementIndex, pinnable: this);
    }

    public override void Unpin()
    {
        // It never moves.
    }

    /// <summary>Gives the bytes back to the system. Nothing else does: a finalizer might while somebody still has a span of them.</summary>
    public void Release()
    {
        NativeMemory.Free(start);
        start = null;
        Size = 0;
    }

    protected override void Dispose(bool disposing) => Release();
}
