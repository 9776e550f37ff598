using System.Buffers.Binary;
using System.IO.Compression;
using Google.Protobuf;

namespace Fairlead.Conformance.Rpc;

/// <summary>A call as it is put on the wire.</summary>
/// <param name="Path">Such as <c>/inference.GRPCInferenceService/ServerLive</c>.</param>
public sealed record RpcRequest(string Path)
{
    private const int PrefixLength = 5;

    /// <summary>Everything that is sent, frames and all.</summary>
    public byte[] Body { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> Metadata { get; init; } = [];

    public string ContentType { get; init; } = "application/grpc";

    public string Method { get; init; } = "POST";

    /// <summary>A call with these messages, each in a frame of its own.</summary>
    public static RpcRequest Of(string path, params IMessage[] messages) => new(path) { Body = [.. messages.SelectMany(message => Frame(message.ToByteArray()))] };

    public RpcRequest With(string name, string value) => this with { Metadata = [.. Metadata, new(name, value)] };

    /// <summary>A frame: whether it is compressed, the length, big-endian, and the bytes.</summary>
    public static byte[] Frame(byte[] message, bool isCompressed = false)
    {
        var frame = new byte[PrefixLength + message.Length];
        frame[0] = isCompressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, PrefixLength);
        return frame;
    }

    /// <summary>The bytes as gzip has them.</summary>
    public static byte[] Gzip(byte[] plain)
    {
        using var result = new MemoryStream();
        using (var gzip = new GZipStream(result, CompressionLevel.Fastest))
            gzip.Write(plain);
        return result.ToArray();
    }
}
