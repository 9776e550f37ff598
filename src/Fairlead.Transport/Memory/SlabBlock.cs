using System.Buffers;

namespace Fairlead.Transport.Memory;

/// <summary>A block of a <see cref="SlabPool"/>, given back by being disposed, once for each time it was rented.</summary>
internal sealed class SlabBlock(SlabPool pool) : IMemoryOwner<byte>
{
    public Memory<byte> Memory { get; } = GC.AllocateUninitializedArray<byte>(SlabPool.BlockSize, pinned: true);

    public void Dispose() => pool.Return(this);
}
