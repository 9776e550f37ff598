using System.Buffers;
using System.IO.Pipelines;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fairlead.Serving.Requests;

/// <summary>One request and its answer, over the server's own features: no context object is made per request.</summary>
/// <param name="port">The environment's own port that it came by; 0 for those that all have in common.</param>
internal readonly struct Exchange(IFeatureCollection features, ListeningPort? port = null)
{
    public const string Json = "application/json";
    private const int LongestPiece = 256 * 1024;
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Asked for once: it is looked at many times in each request.
    private readonly IHttpRequestFeature request = features.GetRequiredFeature<IHttpRequestFeature>();

    public IFeatureCollection Features => features;

    public ListeningPort Port => port ?? ListeningPort.First;

    public string Method => request.Method;

    /// <summary>Methods are case-sensitive: the server and the programs behind it answer <c>HEaD</c> with a body, as they do any method that they do not know.</summary>
    public bool IsHead => Method == HttpMethods.Head;

    public string Path => request.Path;

    public IHeaderDictionary RequestHeaders => request.Headers;

    public IHeaderDictionary AnswerHeaders => Response.Headers;

    public PipeReader Body => features.GetRequiredFeature<IRequestBodyPipeFeature>().Reader;

    public CancellationToken Aborted => features.Get<IHttpRequestLifetimeFeature>()?.RequestAborted ?? CancellationToken.None;

    public bool HasStarted => Response.HasStarted;

    private IHttpResponseFeature Response => features.GetRequiredFeature<IHttpResponseFeature>();

    /// <summary>Hands the answer to the server, which has copied it when this returns. It leaves for the client when the request's task completes.</summary>
    public Task AnswerAsync(int status, ReadOnlySpan<byte> body, string contentType = Json)
    {
        SetHead(status, body.Length, contentType);
        if (IsHead)
            return Task.CompletedTask;
        var feature = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        var start = feature.StartAsync();
        Write(feature.Writer, body);
        return start;
    }

    /// <summary>
    /// As above, for a body of any size: in pieces, the next one when the client has taken most of what was sent, so that the server's own memory holds little of it.
    /// </summary>
    /// <param name="body">Stays as it is until the task ends.</param>
    public Task AnswerAsync(int status, ReadOnlyMemory<byte> body, string contentType) =>
        body.Length <= LongestPiece ? AnswerAsync(status, body.Span, contentType) : AnswerInPiecesAsync(status, body, contentType);

    /// <summary>Answers what the writer writes.</summary>
    public Task AnswerAsync(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
            write(json);
        return AnswerAsync(StatusCodes.Status200OK, buffer.WrittenSpan);
    }

    /// <summary>Answers <c>{"error": "…"}</c>.</summary>
    public Task FailAsync(int status, string message)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            json.WriteString("error"u8, message);
            json.WriteEndObject();
        }

        return AnswerAsync(status, buffer.WrittenSpan);
    }

    /// <summary>Answers an error at once, also when the client is still sending: else the server waits for the rest of the body first.</summary>
    public async Task FailAtOnceAsync(int status, string message)
    {
        await FailAsync(status, message).ConfigureAwait(false);
        await features.GetRequiredFeature<IHttpResponseBodyFeature>().CompleteAsync().ConfigureAwait(false);
    }

    /// <summary>Copies bytes to where the client will get them, in pieces as the server gives room.</summary>
    public static void Write(PipeWriter writer, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            // A connection that broke gives no room: there is nobody to write to.
            var room = writer.GetSpan();
            if (room.IsEmpty)
                return;
            var part = bytes[..Math.Min(room.Length, bytes.Length)];
            part.CopyTo(room);
            writer.Advance(part.Length);
            bytes = bytes[part.Length..];
        }
    }

    private async Task AnswerInPiecesAsync(int status, ReadOnlyMemory<byte> body, string contentType)
    {
        SetHead(status, body.Length, contentType);
        if (IsHead)
            return;
        var feature = features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await feature.StartAsync(CancellationToken.None).ConfigureAwait(false);
        while (!body.IsEmpty)
        {
            var piece = body[..Math.Min(LongestPiece, body.Length)];
            Write(feature.Writer, piece.Span);
            body = body[piece.Length..];

            // The server does not always end a flush of a stream of HTTP/2 that broke: whoever waited for it would wait for ever.
            var flush = feature.Writer.FlushAsync(CancellationToken.None);
            var result = flush.IsCompletedSuccessfully ? flush.Result : await flush.AsTask().WaitAsync(Aborted).ConfigureAwait(false);
            if (result.IsCompleted)
                return;
        }
    }

    private void SetHead(int status, int length, string contentType)
    {
        var response = Response;
        response.StatusCode = status;
        response.Headers.ContentType = contentType;
        response.Headers.ContentLength = length;
    }
}
