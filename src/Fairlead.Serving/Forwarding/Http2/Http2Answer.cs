using System.Buffers;
using System.Net;
using Fairlead.Grpc;
using Fairlead.Serving.Forwarding.Recording;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fairlead.Serving.Forwarding.Http2;

/// <summary>Gives an instance's answer over HTTP/2 to the client while it comes: head, body, trailers.</summary>
internal static class Http2Answer
{
    private const int ReadSize = 16 * 1024;
    private const string StatusTrailer = "grpc-status";

    public static async Task CopyAsync(ForwardCall call, HttpResponseMessage response, CallRecorder recorder)
    {
        CopyHead(call, response);
        if (!call.Exchange.IsHead)
            await CopyBodyAsync(call, response).ConfigureAwait(false);
        NoteStatus(call, response);

        // The end of the answer is what tells the client that it is whole.
        if (call.Group.IsAcknowledged)
            await recorder.AcknowledgeAsync(call).ConfigureAwait(false);
        CopyTrailers(call, response);
    }

    private static void CopyHead(ForwardCall call, HttpResponseMessage response)
    {
        var feature = call.Exchange.Features.GetRequiredFeature<IHttpResponseFeature>();
        feature.StatusCode = (int)response.StatusCode;
        foreach (var (name, values) in response.Headers.NonValidated)
            Append(feature.Headers, name, values);
        foreach (var (name, values) in response.Content.Headers.NonValidated)
            Append(feature.Headers, name, values);

        // An acknowledged answer is not whole before its record is: its length would tell it too early.
        if (response.Content.Headers.ContentLength is { } length && response.StatusCode != HttpStatusCode.NoContent && !call.Group.IsAcknowledged)
            feature.Headers.ContentLength = length;
        if (call.AnswerMessages is not null)
            call.AnswerEncoding = feature.Headers[ForwardCall.EncodingHeader];
        call.AddHeadersTo(feature.Headers);
    }

    private static void Append(IHeaderDictionary headers, string name, IEnumerable<string> values)
    {
        if (!AnswerHeaders.IsForwarded(name))
            return;
        foreach (var value in values)
            AnswerHeaders.Append(headers, name, value);
    }

    private static async Task CopyBodyAsync(ForwardCall call, HttpResponseMessage response)
    {
        var writer = call.Exchange.Features.GetRequiredFeature<IHttpResponseBodyFeature>().Writer;
        var body = await response.Content.ReadAsStreamAsync(call.Token).ConfigureAwait(false);
        var buffer = ArrayPool<byte>.Shared.Rent(ReadSize);
        try
        {
            while (true)
            {
                var reading = body.ReadAsync(buffer, call.Token);

                // Nothing is held back while more is waited for, not even the head. An answer without a body is one frame of headers, as clients of
                // gRPC expect an error to be.
                if (!reading.IsCompleted)
                    await writer.FlushAsync(call.Token).ConfigureAwait(false);
                var read = await reading.ConfigureAwait(false);
                if (read == 0)
                    return;
                call.Answer.Append(buffer.AsSpan(0, read));
                call.AnswerMessages?.Scan(buffer.AsSpan(0, read));
                await writer.WriteAsync(buffer.AsMemory(0, read), call.Token).ConfigureAwait(false);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            await body.DisposeAsync().ConfigureAwait(false);
        }
    }

    private static void NoteStatus(ForwardCall call, HttpResponseMessage response)
    {
        if (call.AnswerMessages is null)
            return;
        var isTold = response.TrailingHeaders.TryGetValues(StatusTrailer, out var values) || response.Headers.TryGetValues(StatusTrailer, out values);
        call.Code = isTold ? GrpcStatusNames.Parse(values!.First()) : GrpcStatusCode.Unknown;
        call.Status = GrpcHttpStatus.Of(call.Code);
    }

    private static void CopyTrailers(ForwardCall call, HttpResponseMessage response)
    {
        if (call.Exchange.Features.Get<IHttpResponseTrailersFeature>() is not { Trailers.IsReadOnly: false } trailers)
            return;
        foreach (var (name, values) in response.TrailingHeaders.NonValidated)
            Append(trailers.Trailers, name, values);
    }
}
