using System.Buffers;

namespace Fairlead.Inference.Tests;

public sealed class GrowableBufferTests
{
    /// <summary>Around every size at which the bytes move, by all the ways to write.</summary>
    [Fact]
    public void Append_PiecesOfAnySize_AreThereInOrder()
    {
        var random = new Random(5);
        var buffer = new GrowableBuffer();
        for (var round = 0; round < 20; round++)
        {
            var expected = new ArrayBufferWriter<byte>();
            var end = random.Next(3 * GrowableBuffer.KeptBytes);
            while (expected.WrittenCount < end)
            {
                var piece = new byte[1 + random.Next(1 << random.Next(1, 20))];
                random.NextBytes(piece);
                expected.Write(piece);
                Write(buffer, piece, random.Next(3));
            }

            Assert.True(expected.WrittenSpan.SequenceEqual(buffer.Written));
            Assert.True(expected.WrittenSpan.SequenceEqual(buffer.WrittenMemory.Span));
            Assert.True(buffer.LargeBytes >= buffer.Length || (buffer.LargeBytes == 0 && buffer.Length <= GrowableBuffer.KeptBytes));
            buffer.Clear();
            Assert.Equal((0, 0), (buffer.Length, buffer.LargeBytes));
        }
    }

    [Fact]
    public void At_InALargeBuffer_ChangesInPlace()
    {
        var buffer = new GrowableBuffer();
        buffer.Append(new byte[2 * GrowableBuffer.KeptBytes]);

        buffer.At(GrowableBuffer.KeptBytes)[0] = 7;

        Assert.Equal(7, buffer.Written[GrowableBuffer.KeptBytes]);
    }

    [Fact]
    public void Clear_AfterLargeRequests_KeepsNoneOfTheirMemory()
    {
        var buffer = new GrowableBuffer();
        for (var round = 0; round < 50; round++)
        {
            buffer.Append(new byte[1024]);
            buffer.Reserve(64 << 20).Fill(1);
            buffer.Clear();
        }

        Assert.True(Environment.WorkingSet < 2048L << 20, $"{Environment.WorkingSet} bytes");
    }

    private static void Write(GrowableBuffer buffer, byte[] piece, int way)
    {
        switch (way)
        {
            case 0:
                buffer.Append(piece);
                break;
            case 1:
                buffer.Write(piece);
                break;
            default:
                piece.CopyTo(buffer.GetMemory(piece.Length));
                buffer.Advance(piece.Length);
                break;
        }
    }
}
