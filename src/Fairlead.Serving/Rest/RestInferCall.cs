using System.Globalization;
using System.IO.Compression;
using Fairlead.Inference;
using Fairlead.Inference.Rest;
using Fairlead.Serving.Predicting;
using Fairlead.Serving.Requests;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Serving.Rest;

/// <summary>An infer request by REST, with JSON, binary tensors or both.</summary>
/// <param name="headerLength">Length of the JSON before binary tensors; null when the body is JSON alone.</param>
internal readonly struct RestInferCall(Exchange exchange, int? headerLength) : IInferCall
{
    private const string Binary = "application/octet-stream";

    /// <summary>Shorter answers fit into one packet as they are.</summary>
    private const int ShortestCompressed = 1024;

    public IHeaderDictionary RequestHeaders => exchange.RequestHeaders;

    public IHeaderDictionary AnswerHeaders => exchange.AnswerHeaders;

    public CancellationToken Aborted => exchange.Aborted;

    public bool IsOverdue => false;

    public string? RpcMethod => null;

    public void Read(ReadOnlySpan<byte> body, SignatureCodec codec, string model, InferRequest request) =>
        RestInferReader.Read(body, headerLength, codec, model, request);

    public void Write(Scratch scratch, in AnswerHead head, SignatureCodec codec) =>
        scratch.JsonLength = RestInferWriter.Write(scratch.Output, head, scratch.Request, scratch.Answer, codec);

    public Task AnswerAsync(Scratch scratch)
    {
        var type = Exchange.Json;
        if (scratch.JsonLength is { } length)
        {
            exchange.AnswerHeaders[InferenceHeader.Name] = length.ToString(CultureInfo.InvariantCulture);
            type = Binary;
        }

        var body = scratch.Output.WrittenMemory;
        var accepted = exchange.RequestHeaders.AcceptEncoding;
        return accepted.Count > 0 && body.Length >= ShortestCompressed && ContentCodings.Choose(accepted) is not ContentCoding.Identity and var coding
            ? CompressAsync(body.Span, type, coding)
            : exchange.AnswerAsync(scratch.Status, body, type);
    }

    public Task FailAsync(Scratch scratch, int status, string message) => exchange.FailAsync(status, message);

    private Task CompressAsync(ReadOnlySpan<byte> body, string type, ContentCoding coding)
    {
        using var target = new MemoryStream(body.Length / 2);
        using (Stream writer = coding == ContentCoding.Gzip
            ? new GZipStream(target, CompressionLevel.Fastest, leaveOpen: true)
            : new ZLibStream(target, CompressionLevel.Fastest, leaveOpen: true))
            writer.Write(body);
        exchange.AnswerHeaders.ContentEncoding = coding == ContentCoding.Gzip ? ContentCodings.Gzip : ContentCodings.Deflate;
        exchange.AnswerHeaders.Vary = "Accept-Encoding";
        return exchange.AnswerAsync(StatusCodes.Status200OK, target.GetBuffer().AsSpan(0, (int)target.Length), type);
    }
}
