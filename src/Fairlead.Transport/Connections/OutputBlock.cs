using System.Buffers;

namespace Fairlead.Transport.Connections;

/// <summary>A piece of memory that is filled from its start and sent from its start.</summary>
internal sealed class OutputBlock(IMemoryOwner<byte> owner)
{
    public OutputBlock? Next { get; set; }

    public int Start { get; set; }

    public int End { get; set; }

    public Memory<byte> Room => owner.Memory[End..];

    public ReadOnlySpan<byte> Unsent => owner.Memory.Span[Start..End];

    public int Length => End - Start;

    public MemoryHandle Pin() => owner.Memory.Pin();

    public void Free() => owner.Dispose();
}
