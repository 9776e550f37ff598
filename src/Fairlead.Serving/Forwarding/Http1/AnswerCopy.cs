using System.Buffers;
using System.IO.Pipelines;
using Fairlead.Serving.Forwarding.Recording;
using Fairlead.Serving.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fairlead.Serving.Forwarding.Http1;

/// <summary>Gives an instance's answer to the client while it comes: what has been received is on its way before more is waited for.</summary>
internal static class AnswerCopy
{
    /// <returns>True when the answer's end was told by its framing, so that the connection is as new.</returns>
    public static async Task<bool> RunAsync(ForwardCall call, UpstreamConnection connection, CallRecorder recorder)
    {
        var head = connection.Answer;
        var body = AnswerBody.Of(head, call.Exchange.IsHead);
        if (IsStream(call.AnswerType))
            call.Answer.StopKeeping();
        if (call.Group.IsAcknowledged)
            return await CopyHeldAsync(call, connection, body, recorder).ConfigureAwait(false);

        var writer = await StartAsync(call, head).ConfigureAwait(false);
        while (true)
        {
            while (body.TryTake(connection, out var piece))
            {
                call.Answer.Append(piece);
                Exchange.Write(writer, piece);
            }

            if (body.IsDone)
                break;
            await FlushAsync(call, writer).ConfigureAwait(false);
            if (await FillAsync(connection, body).ConfigureAwait(false))
                break;
        }

        // Handed over before it is recorded, which costs the client nothing then.
        await FlushAsync(call, writer).ConfigureAwait(false);
        return !body.EndsWithConnection;
    }

    /// <summary>As above, but holds the answer, or the last part of a long one, until its record is on the disk.</summary>
    private static async Task<bool> CopyHeldAsync(ForwardCall call, UpstreamConnection connection, AnswerBody body, CallRecorder recorder)
    {
        var held = new ArrayBufferWriter<byte>();
        PipeWriter? writer = null;
        while (true)
        {
            while (body.TryTake(connection, out var piece))
            {
                call.Answer.Append(piece);
                held.Write(piece);
            }

            if (body.IsDone)
                break;
            if (held.WrittenCount > BoundedCopy.Bound || IsStream(call.AnswerType))
            {
                writer ??= await StartAsync(call, connection.Answer).ConfigureAwait(false);
                Exchange.Write(writer, held.WrittenSpan);
                held.ResetWrittenCount();
                await FlushAsync(call, writer).ConfigureAwait(false);
            }

            if (await FillAsync(connection, body).ConfigureAwait(false))
                break;
        }

        await recorder.AcknowledgeAsync(call).ConfigureAwait(false);
        writer ??= await StartAsync(call, connection.Answer).ConfigureAwait(false);
        Exchange.Write(writer, held.WrittenSpan);
        await FlushAsync(call, writer).ConfigureAwait(false);
        return !body.EndsWithConnection;
    }

    /// <summary>Hands over status and headers.</summary>
    private static async ValueTask<PipeWriter> StartAsync(ForwardCall call, AnswerHead head)
    {
        var response = call.Exchange.Features.GetRequiredFeature<IHttpResponseFeature>();
        response.StatusCode = head.Status;
        head.CopyTo(response.Headers, head.UnusualTokens());
        if (head.ContentLength is { } length && head.Status != StatusCodes.Status204NoContent)
            response.Headers.ContentLength = length;
        call.AddHeadersTo(response.Headers);
        var feature = call.Exchange.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        await feature.StartAsync(CancellationToken.None).ConfigureAwait(false);
        return feature.Writer;
    }

    /// <summary>True when the connection's end is the answer's.</summary>
    private static async ValueTask<bool> FillAsync(UpstreamConnection connection, AnswerBody body)
    {
        if (await connection.FillAsync().ConfigureAwait(false))
            return false;
        return body.EndsWithConnection ? true : throw new UpstreamException("closed the connection in the middle of its answer");
    }

    private static async ValueTask FlushAsync(ForwardCall call, PipeWriter writer)
    {
        var flushed = await writer.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        if (flushed.IsCompleted || flushed.IsCanceled)
            call.Token.ThrowIfCancellationRequested();
    }

    private static bool IsStream(string? type) => type is not null && type.StartsWith("text/event-stream", StringComparison.OrdinalIgnoreCase);
}
