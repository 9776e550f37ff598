namespace Fairlead.Load.Tests.Sending;

/// <summary>Gives bytes in pieces of random length, as a network does.</summary>
internal sealed class PieceStream(byte[] bytes, Random random) : MemoryStream(bytes)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(buffer.Length, random.Next(1, 40))], cancellationToken);
}
