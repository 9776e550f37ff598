using Fairlead.Predictions.Query.Workers;

namespace Fairlead.Predictions.Tests.Query.Workers;

public sealed class FramePipeTests
{
    private const int Largest = 1 << 20;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Read_FramesOfAnySizeInPiecesOfAny_AreThoseThatWereWritten(int seed)
    {
        var random = new Random(seed);
        var frames = Enumerable.Range(0, 200).Select(_ => (Kind: (FrameKind)random.Next(7), Bytes: BytesOf(random))).ToList();
        using var stream = new MemoryStream();
        var writer = new FramePipe(Stream.Null, stream, Largest);
        foreach (var (kind, bytes) in frames)
            writer.Write(kind, bytes);
        using var pieces = new Pieces(stream.ToArray(), random);
        var reader = new FramePipe(pieces, Stream.Null, Largest);
        foreach (var (kind, bytes) in frames)
        {
            Assert.Equal(kind, reader.Read(out var read));
            Assert.True(read.SequenceEqual(bytes));
        }

        Assert.Null(reader.Read(out _));
    }

    [Fact]
    public void Read_EndInTheMiddleOfAFrame_IsTheEnd()
    {
        using var stream = new MemoryStream();
        new FramePipe(Stream.Null, stream, Largest).Write(FrameKind.Rows, new byte[100]);
        for (var length = 0; length < stream.Length; length++)
            Assert.Null(new FramePipe(new MemoryStream(stream.ToArray(), 0, length), Stream.Null, Largest).Read(out _));
    }

    [Fact]
    public void Read_FrameLargerThanAnyMayBe_IsRefused()
    {
        using var stream = new MemoryStream();
        new FramePipe(Stream.Null, stream, Largest).Write(FrameKind.Rows, new byte[1001]);
        stream.Position = 0;
        Assert.Throws<InvalidDataException>(() => new FramePipe(stream, Stream.Null, 1000).Read(out _));
    }

    private static byte[] BytesOf(Random random)
    {
        var bytes = new byte[random.Next(4) switch { 0 => 0, 1 => random.Next(50), 2 => (16 << 10) + random.Next(-2, 3), _ => random.Next(200_000) }];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>Gives as many bytes at a time as a pipe may.</summary>
    private sealed class Pieces(byte[] bytes, Random random) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, random.Next(1, 40_000))]);
    }
}
