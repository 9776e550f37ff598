using System.Text;
using Fairlead.Domain.Predictions;
using Fairlead.Serving.Capturing;
using Fairlead.Serving.Routing;
using Fairlead.Serving.Telemetry;
using Fairlead.Serving.Telemetry.Tracing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.Predicting;

/// <summary>The end of every prediction: headers, capture, numbers, and the hand-over to the transport.</summary>
/// <param name="isTracing">Spans are wanted; without, none of them costs anything.</param>
internal sealed class Recorder(ICaptureLog log, HostCounters counters, bool isTracing, TimeProvider time, ILogger logger)
{
    private const string RetryAfterSeconds = "1";

    /// <param name="isDone">True when the scratch may be returned at once; else when the task has ended.</param>
    public Task AnswerAsync<TCall>(in TCall call, in PendingPrediction prediction, out bool isDone)
        where TCall : struct, IInferCall
    {
        isDone = true;
        var (_, group, _, scratch) = prediction;
        var outcome = CaptureOutcome.LeftOut;
        var position = 0L;
        var latency = scratch.Arrival.ElapsedMicroseconds(time);
        var traceParent = isTracing ? InferSpans.Record(call.RequestHeaders, scratch, group, call.RpcMethod, latency) : null;
        if (call.AnswerHeaders is { } headers)
            SetHeaders(call.RequestHeaders, headers, group, scratch, traceParent);

        // A request without a row is answered without a model: there is no prediction to keep.
        if (scratch.Error is not null || !scratch.Request.IsEmpty)
            outcome = Capture(scratch, group, latency, scratch.Route, out position);
        Observe(scratch, group, latency);
        if (!group.IsAcknowledged || outcome == CaptureOutcome.LeftOut)
        {
            // What is large is sent piece by piece from where it was written.
            var answer = HandOverAsync(call, scratch);
            isDone = answer.IsCompleted;
            return answer;
        }

        isDone = outcome == CaptureOutcome.Lost;
        return isDone
            ? call.FailAsync(scratch, StatusCodes.Status503ServiceUnavailable, "The prediction could not be recorded, and this service answers only what is on the disk; free space on the host's disk.")
            : AcknowledgeAsync(call, scratch, position);
    }

    /// <summary>Records a request that was refused before a server group was chosen, with the one that speaks for its service.</summary>
    public void Refuse(ServiceRoute service, Scratch scratch) =>
        Capture(scratch, service.Principal, scratch.Arrival.ElapsedMicroseconds(time), RouteKind.None, out _);

    /// <summary>Records a request that nobody waits for any more.</summary>
    public void Abandon(in PendingPrediction prediction)
    {
        var (_, group, _, scratch) = prediction;
        var latency = scratch.Arrival.ElapsedMicroseconds(time);
        Capture(scratch, group, latency, scratch.Route, out _);
        Observe(scratch, group, latency);
    }

    /// <summary>Refuses a request that there is no room for, before it costs anything. Nobody waits for the disk to know of it.</summary>
    public Task ShedAsync<TCall>(in TCall call, Scratch scratch, LiveServerGroup group)
        where TCall : struct, IInferCall
    {
        group.Metrics.CountShed();
        if (call.AnswerHeaders is { } headers)
        {
            headers.RetryAfter = RetryAfterSeconds;
            headers[Predictor.PredictionHeader] = scratch.Id.ToString();
            headers[Predictor.ServerGroupHeader] = group.NameHeader;
        }

        scratch.Fail(
            StatusCodes.Status429TooManyRequests,
            $"Server group '{group.Name}' has {group.Admission.UnderWay} requests under way and {group.Admission.Waiting} in its queue, which is full; try again later, or raise 'limits' of the service.");
        Capture(scratch, group, scratch.Arrival.ElapsedMicroseconds(time), scratch.Route, out _);
        return HandOverAsync(call, scratch);
    }

    /// <param name="traceParent">The host's own span; null when it made none, and the client's stays the last.</param>
    private static void SetHeaders(IHeaderDictionary request, IHeaderDictionary answer, LiveServerGroup group, Scratch scratch, string? traceParent)
    {
        if (traceParent is not null)
            answer.TraceParent = traceParent;
        else if (scratch.IsTraced)
            answer.TraceParent = request.TraceParent[0];
        if (scratch.Status == StatusCodes.Status429TooManyRequests)
            answer.RetryAfter = RetryAfterSeconds;
        answer[Predictor.PredictionHeader] = scratch.Id.ToString();
        answer[Predictor.ServerGroupHeader] = group.NameHeader;
    }

    private static Task HandOverAsync<TCall>(in TCall call, Scratch scratch)
        where TCall : struct, IInferCall =>
        scratch.Error is null ? call.AnswerAsync(scratch) : call.FailAsync(scratch, scratch.Status, scratch.Error);

    private void Observe(Scratch scratch, LiveServerGroup group, int latency)
    {
        counters.CountAnswer();
        group.Metrics.Observe(new Observation
        {
            Status = scratch.Status,
            Rows = scratch.Error is null ? scratch.Request.Rows : 0,
            Latency = latency,
            Queue = scratch.QueueTime,
            Input = scratch.InputTime,
            Inference = scratch.InferenceTime,
            Output = scratch.OutputTime,
            BytesIn = scratch.BytesIn,
            BytesOut = scratch.Output.Length,
            TraceId = scratch.TraceId,
        });
        group.Metrics.MarkAnswered(scratch.Arrival.Milliseconds);
    }

    private CaptureOutcome Capture(Scratch scratch, LiveServerGroup group, int latency, RouteKind route, out long position)
    {
        var request = scratch.Request;
        var entry = new CaptureEntry
        {
            Id = scratch.Id,
            TimeMicroseconds = scratch.Arrival.Microseconds,
            LatencyMicroseconds = latency,
            Status = scratch.Status,
            Route = route,
            Rows = Math.Max(1, request.Rows),
            Unit = scratch.Unit,
            RequestId = request.Id,
            TraceId = scratch.TraceId,
            Error = scratch.Error is null ? default : Encoding.UTF8.GetBytes(scratch.Error),
            Inputs = request.InputBlock,
            Outputs = scratch.Error is null ? scratch.Answer.OutputBlock : default,
        };
        return group.Capture.TryAppend(log, entry, out position);
    }

    /// <summary>Answers when the record is on the disk, and not at all with a prediction when it cannot be.</summary>
    private async Task AcknowledgeAsync<TCall>(TCall call, Scratch scratch, long position)
        where TCall : struct, IInferCall
    {
        try
        {
            await log.FlushAsync(position, CancellationToken.None).ConfigureAwait(false);
            await HandOverAsync(call, scratch).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            Log.FlushFailed(logger, e.Message);
            await call.FailAsync(scratch, StatusCodes.Status503ServiceUnavailable, "The prediction's record could not be flushed to the disk, and this service answers only what is on the disk.").ConfigureAwait(false);
        }
    }
}
