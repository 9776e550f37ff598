using System.Buffers;

namespace Fairlead.Inference;

/// <summary>Bytes that are appended to, kept from request to request; past 1 MiB outside the managed heap, and only until <see cref="Clear"/>, which is to be called before a buffer is dropped. One thread at a time.</summary>
public sealed class GrowableBuffer : IBufferWriter<byte>
{
    /// <summary>What is kept after <see cref="Clear"/>, at most: a large request is not paid for by all later ones.</summary>
    public const int KeptBytes = 1 << 20;
    private const int FirstSize = 512;
    private byte[] small = new byte[FirstSize];
    private LargeBlock? large;

    public int Length { get; private set; }

    /// <summary>Bytes that it takes up beyond those that it may keep.</summary>
    public int LargeBytes => large?.Size ?? 0;

    public ReadOnlySpan<byte> Written => Room[..Length];

    public ReadOnlyMemory<byte> WrittenMemory => Memory[..Length];

    private Span<byte> Room => large is null ? small : large.GetSpan();

    private Memory<byte> Memory => large is null ? small : large.Memory;

    public void Clear()
    {
        Length = 0;
        large?.Release();
        large = null;
    }

    /// <summary>Room for so many bytes at the end; <see cref="Advance"/> says how many were written.</summary>
    public Span<byte> Reserve(int count)
    {
        Ensure(count);
        return Room[Length..];
    }

    public void Advance(int count) => Length += count;

    public void Append(ReadOnlySpan<byte> data)
    {
        data.CopyTo(Reserve(data.Length));
        Length += data.Length;
    }

    /// <summary>What was written from there on, to be changed in place.</summary>
    public Span<byte> At(int position) => Room[position..Length];

    public Span<byte> GetSpan(int sizeHint = 0) => Reserve(Math.Max(1, sizeHint));

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(Math.Max(1, sizeHint));
        return Memory[Length..];
    }

    private void Ensure(int count)
    {
        if (count > Room.Length - Length)
            Grow(checked(Length + count));
    }

    private void Grow(int needed)
    {
        var size = (int)Math.Min(Math.Max(Room.Length * 2L, needed), Array.MaxLength);
        if (large is not null)
        {
            large.Resize(size);
        }
        else if (size <= KeptBytes)
        {
            Array.Resize(ref small, size);
        }
        else
        {
            large = new LargeBlock(size);
            small.AsSpan(0, Length).CopyTo(large.GetSpan());
        }
    }
}
