using System.Buffers;
using Fairlead.Grpc.Framing;

namespace Fairlead.Grpc.Tests.Framing;

public sealed class MessageCompressionTests
{
    private const int Seed = 72;
    private const int Limit = 50_000;

    public static readonly TheoryData<string> Encodings = [nameof(GrpcEncoding.Gzip), nameof(GrpcEncoding.Deflate)];

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Decompress_Compressed_ComesBack(string name)
    {
        var random = new Random(Seed);
        for (var round = 0; round < 200; round++)
        {
            var message = new byte[random.Next(Limit)];
            random.NextBytes(message.AsSpan(0, random.Next(message.Length + 1)));

            Assert.Equal(message, Unpack(name, Pack(name, message)));
        }
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Decompress_MoreThanTheLimit_IsExhausted(string name)
    {
        Assert.Equal(Limit, Unpack(name, Pack(name, new byte[Limit])).Length);
        Assert.Equal(GrpcStatusCode.ResourceExhausted, Assert.Throws<GrpcException>(() => Unpack(name, Pack(name, new byte[Limit + 1]))).Status);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Decompress_CutOff_IsRefused(string name)
    {
        var packed = Pack(name, [.. Enumerable.Range(0, 1000).Select(i => (byte)(i * i))]);

        foreach (var length in new[] { 1, packed.Length / 2, packed.Length - 1 })
            Assert.Equal(GrpcStatusCode.InvalidArgument, Assert.Throws<GrpcException>(() => Unpack(name, packed[..length])).Status);
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Decompress_Garbage_IsRefused(string name)
    {
        var random = new Random(Seed);
        for (var round = 0; round < 200; round++)
        {
            var garbage = new byte[random.Next(1, 100)];
            random.NextBytes(garbage);

            Assert.Equal(GrpcStatusCode.InvalidArgument, Assert.Throws<GrpcException>(() => Unpack(name, garbage)).Status);
        }
    }

    [Theory]
    [InlineData("gzip", 0, UnpackOutcome.Unpacked)]
    [InlineData("deflate", 0, UnpackOutcome.Unreadable)]
    [InlineData("gzip", 1, UnpackOutcome.TooLarge)]
    [InlineData("identity", 0, UnpackOutcome.Unreadable)]
    [InlineData("zstd", 0, UnpackOutcome.Unreadable)]
    [InlineData(null, 0, UnpackOutcome.Unreadable)]
    public void PassedMessage_Gzipped_IsWholeOrNothing(string? encoding, int beyond, UnpackOutcome expected)
    {
        var into = new ArrayBufferWriter<byte>();

        Assert.Equal(expected, PassedMessage.Unpack(Pack(nameof(GrpcEncoding.Gzip), new byte[Limit + beyond]), encoding, Limit, into));

        Assert.Equal(expected == UnpackOutcome.Unpacked ? Limit : 0, into.WrittenCount);
    }

    private static byte[] Pack(string name, byte[] message)
    {
        using var buffer = new PooledBuffer();
        MessageCompression.Compress(message, Enum.Parse<GrpcEncoding>(name), buffer);
        return buffer.Written.ToArray();
    }

    private static byte[] Unpack(string name, byte[] packed)
    {
        using var buffer = new PooledBuffer();
        MessageCompression.Decompress(new ReadOnlySequence<byte>(packed), Enum.Parse<GrpcEncoding>(name), Limit, buffer);
        return buffer.Written.ToArray();
    }
}
