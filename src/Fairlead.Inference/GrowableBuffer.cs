namespace Fairlead.Inference;

/// <summary>Bytes that are appended to, kept from request to request.</summary>
internal sealed class GrowableBuffer
{
    /// <summary>A buffer that grew past this is let go by <see cref="Clear"/>, so that a large request is not paid for by all later ones.</summary>
    public const int KeptBytes = 1 << 20;
    private const int FirstSize = 512;
    private byte[] bytes = new byte[FirstSize];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => bytes.AsSpan(0, Length);

    public void Clear()
    {
        Length = 0;
        if (bytes.Length > KeptBytes)
            bytes = new byte[FirstSize];
    }

    /// <summary>Room for so many bytes at the end; <see cref="Advance"/> says how many were written.</summary>
    public Span<byte> Reserve(int count)
    {
        if (count > bytes.Length - Length)
            Grow(count);
        return bytes.AsSpan(Length);
    }

    public void Advance(int count) => Length += count;

    public void Append(ReadOnlySpan<byte> data)
    {
        data.CopyTo(Reserve(data.Length));
        Length += data.Length;
    }

    /// <summary>What was written from there on, to be changed in place.</summary>
    public Span<byte> At(int position) => bytes.AsSpan(position, Length - position);

    private void Grow(int count)
    {
        var needed = checked(Length + count);
        var size = (int)Math.Min(Math.Max((long)bytes.Length * 2, needed), Array.MaxLength);
        Array.Resize(ref bytes, size);
    }
}
