using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Fairlead.Serving.Tests.Hostile.Http2;

/// <summary>Takes what a server sent over HTTP/2 apart.</summary>
internal sealed class Http2Answers
{
    private readonly List<byte> rest = [];

    public Dictionary<int, StreamAnswer> Streams { get; } = [];

    /// <summary>The code by which the server took its leave; null as long as it did not.</summary>
    public int? GoAway { get; private set; }

    public StreamAnswer Of(int stream) => Streams.GetValueOrDefault(stream, StreamAnswer.None);

    public void Add(ReadOnlySpan<byte> more)
    {
        rest.AddRange(more);
        var bytes = CollectionsMarshal.AsSpan(rest);
        var at = 0;
        while (bytes.Length - at >= Frames.HeadSize)
        {
            var length = (bytes[at] << 16) | (bytes[at + 1] << 8) | bytes[at + 2];
            if (bytes.Length - at < Frames.HeadSize + length)
                break;
            var stream = BinaryPrimitives.ReadInt32BigEndian(bytes[(at + 5)..]) & int.MaxValue;
            Take((FrameType)bytes[at + 3], bytes[at + 4], stream, bytes.Slice(at + Frames.HeadSize, length));
            at += Frames.HeadSize + length;
        }

        rest.RemoveRange(0, at);
    }

    private void Take(FrameType type, int flags, int stream, ReadOnlySpan<byte> payload)
    {
        switch (type)
        {
            case FrameType.Headers:
                Assert.True((flags & Frames.EndHeaders) != 0, "The answer's headers go on in another frame, which this reader does not know.");
                var block = new AnswerBlock(payload);
                block.Read();
                Streams[stream] = Of(stream) with { Status = Math.Max(Of(stream).Status, block.Status), GrpcStatus = block.GrpcStatus ?? Of(stream).GrpcStatus };
                break;
            case FrameType.Reset:
                Streams[stream] = Of(stream) with { Reset = BinaryPrimitives.ReadInt32BigEndian(payload) };
                break;
            case FrameType.GoAway:
                GoAway = BinaryPrimitives.ReadInt32BigEndian(payload[4..]);
                break;
        }

        if (type is FrameType.Headers or FrameType.Data && (flags & Frames.EndStream) != 0)
            Streams[stream] = Of(stream) with { HasEnded = true };
    }
}
