using System.Buffers;

namespace Fairlead.Transport.Memory;

/// <summary>
/// Blocks of 4 KB that the garbage collector never moves. What was returned last is given first, since it is still in the processor's cache.
/// Thread-safe; each loop has one of its own, so that its lock is hardly ever contended.
/// </summary>
internal sealed class SlabPool : MemoryPool<byte>
{
    public const int BlockSize = 4096;
    private const int MostKept = 2048;
    private readonly Stack<SlabBlock> free = new();
    private readonly Lock gate = new();

    public override int MaxBufferSize => BlockSize;

    public override IMemoryOwner<byte> Rent(int minBufferSize = -1)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(minBufferSize, BlockSize);
        lock (gate)
        {
            if (free.TryPop(out var block))
                return block;
        }

        return new SlabBlock(this);
    }

    public void Return(SlabBlock block)
    {
        lock (gate)
        {
            if (free.Count < MostKept)
                free.Push(block);
        }
    }

    protected override void Dispose(bool disposing)
    {
        lock (gate)
            free.Clear();
    }
}
