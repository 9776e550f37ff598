using System.IO.Compression;
using System.Text;

namespace Fairlead.Conformance.Rules.Rest.Compression;

/// <summary>Bodies as HTTP's content codings have them.</summary>
internal static class Compressed
{
    /// <summary>A request of some hundred bytes whose answer is worth compressing.</summary>
    public static readonly string Large = $$"""{"inputs":[{"name":"INPUT0","shape":[1,4096],"datatype":"INT32","data":{{SimpleModel.Json(Enumerable.Repeat(0, 4096))}}}]}""";

    public static byte[] Gzip(string text) => Gzip(Encoding.UTF8.GetBytes(text));

    public static byte[] Gzip(byte[] plain) => Pack(plain, target => new GZipStream(target, CompressionLevel.Fastest));

    /// <summary>What HTTP calls deflate: the zlib format.</summary>
    public static byte[] Deflate(string text) => Pack(Encoding.UTF8.GetBytes(text), target => new ZLibStream(target, CompressionLevel.Fastest));

    public static RestRequest With(this RestRequest request, string coding, byte[] body) => (request with { Body = body }).With("Content-Encoding", coding);

    private static byte[] Pack(byte[] plain, Func<Stream, Stream> open)
    {
        using var target = new MemoryStream();
        using (var packing = open(target))
            packing.Write(plain);
        return target.ToArray();
    }
}
