using System.Buffers.Binary;

namespace Fairlead.Serving.Tests.Hostile.Http2;

/// <summary>A gRPC call, as one stream.</summary>
/// <param name="Headers">Beside those that every call has.</param>
/// <param name="Body">Messages with their prefixes.</param>
/// <param name="Trailers">Sent after the body; null ends the stream with it.</param>
internal sealed record CallCase(string Path, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body, IReadOnlyList<(string Name, string Value)>? Trailers = null)
{
    public byte[] ToFrames(int stream)
    {
        byte[] frames = [.. Frames.Headers(stream, Frames.Request("POST", Path, Headers)), .. Frames.Data(stream, Body, isLast: Trailers is null)];
        return Trailers is null ? frames : [.. frames, .. Frames.Headers(stream, Frames.Block(Trailers), isLast: true)];
    }

    /// <summary>A message with the prefix that gRPC gives it.</summary>
    public static byte[] Prefixed(ReadOnlySpan<byte> message, byte flag = 0)
    {
        var framed = new byte[5 + message.Length];
        framed[0] = flag;
        BinaryPrimitives.WriteInt32BigEndian(framed.AsSpan(1), message.Length);
        message.CopyTo(framed.AsSpan(5));
        return framed;
    }
}
