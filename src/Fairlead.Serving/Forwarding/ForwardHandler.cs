using System.Net.Sockets;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Services;
using Fairlead.Grpc;
using Fairlead.Serving.Forwarding.Http1;
using Fairlead.Serving.Forwarding.Http2;
using Fairlead.Serving.Forwarding.Recording;
using Fairlead.Serving.Limits;
using Fairlead.Serving.Listening;
using Fairlead.Serving.Predicting;
using Fairlead.Serving.Requests;
using Fairlead.Serving.Shadows;
using Fairlead.Serving.Telemetry.Tracing;
using Fairlead.Transport.Connections;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.Forwarding;

/// <summary>
/// Answers a request by an instance of a command service: waits for a turn, forwards, and records what became of it. Bodies pass
/// through as they come, in both directions.
/// </summary>
/// <param name="hidesAuthorization">True when the Authorization header carries this host's own token.</param>
/// <param name="mirror">Copies calls to shadows; null where there are none.</param>
/// <param name="isTracing">Spans are wanted.</param>
internal sealed class ForwardHandler(ICaptureLog log, HostCounters counters, TimeProvider time, bool hidesAuthorization, ILogger logger, ShadowMirror? mirror = null, bool isTracing = false)
{
    /// <summary>Recorded for a client that left before it had the whole answer.</summary>
    public const int ClientClosedRequest = 499;


    /// <summary>A shadow without a deadline of its own is not waited for longer.</summary>
    private static readonly TimeSpan ShadowDeadline = TimeSpan.FromSeconds(30);
    private readonly CallRecorder recorder = new(log, counters, time);

    /// <summary>Completes when the client has its answer, whatever it is. The instances stay until then, also when the route to them goes meanwhile.</summary>
    public async Task HandleAsync(Exchange exchange, ForwardTarget target)
    {
        using var call = CreateCall(exchange, target);
        await HandleAsync(call).ConfigureAwait(false);
        if (target.Shadows.Count > 0)
            mirror?.Offer(target.Shadows, call);
    }

    /// <summary>To be disposed by the caller.</summary>
    public ForwardCall CreateCall(in Exchange exchange, in ForwardTarget target) => new(exchange, target, hidesAuthorization);

    /// <summary>As above, for a call whose outcome the caller wants to see.</summary>
    public async Task HandleAsync(ForwardCall call)
    {
        var group = call.Group;
        var admission = group.Admission;
        call.Instances.Hold();
        var isEntered = false;
        try
        {
            if (isTracing)
                call.BeginSpans();
            call.SetDeadline(DeadlineOf(call), time);
            var entering = admission.TryEnter();
            isEntered = entering == AdmissionResult.Entered || (entering == AdmissionResult.MustWait && await WaitAsync(call, admission).ConfigureAwait(false));
            if (!isEntered)
            {
                group.Metrics.CountShed();
                await ShedAsync(call).ConfigureAwait(false);
                recorder.RecordShed(call);
                return;
            }

            call.BeginForwardSpan();
            var isHttp1 = group.Service.Command!.Protocol == ServiceProtocol.Http;
            if (isHttp1 && call.Exchange.Features.Get<IEventLoopFeature>() is { } client)
                await client.Loop.SwitchTo();
            await (isHttp1 ? Http1Forwarder.ForwardAsync(call, recorder) : Http2Forwarder.ForwardAsync(call, recorder)).ConfigureAwait(false);
        }
        catch (Exception e) when (IsExpected(e))
        {
            await FailAsync(call, e).ConfigureAwait(false);
        }
        finally
        {
            if (isEntered)
                admission.Leave();
            if (!call.IsRecorded)
            {
                if (OffLoop.IsTooLong(call.Request.Total + call.Answer.Total))
                    await OffLoop.Leave();
                recorder.Record(call, out _);
            }

            call.EndSpans();
            call.Instances.LetGo();
        }
    }

    private static TimeSpan? DeadlineOf(ForwardCall call)
    {
        var own = call.Group.Admission.Deadline;
        var clients = call.IsGrpc && call.Exchange.RequestHeaders.TryGetValue("grpc-timeout", out var header) ? GrpcDeadline.Parse(header.ToString()) : null;
        var limit = clients is null || own < clients ? own : clients;
        return call.Role == PredictionRole.Shadow && (limit is null || limit > ShadowDeadline) ? ShadowDeadline : limit;
    }

    private async ValueTask<bool> WaitAsync(ForwardCall call, Admission admission)
    {
        var entered = await admission.WaitAsync(call.Token).ConfigureAwait(false);
        call.QueueMicroseconds = call.Arrival.ElapsedMicroseconds(time);
        return entered;
    }

    private static Task ShedAsync(ForwardCall call)
    {
        call.Exchange.AnswerHeaders.RetryAfter = "1";
        return AnswerErrorAsync(call, StatusCodes.Status429TooManyRequests, GrpcStatusCode.ResourceExhausted, $"'{call.Group.Service.Name}' has more requests than it takes at a time; try again in a moment.");
    }

    private static bool IsExpected(Exception exception) =>
        exception is UpstreamException or FairleadException or SocketException or IOException or OperationCanceledException or ObjectDisposedException or HttpRequestException or BadHttpRequestException;

    private Task FailAsync(ForwardCall call, Exception exception)
    {
        if (call.Exchange.Aborted.IsCancellationRequested)
        {
            call.Status = ClientClosedRequest;
            call.Code = GrpcStatusCode.Cancelled;
            call.Error = "The client closed the connection before it had the whole answer.";
            return Task.CompletedTask;
        }

        var (status, code, sentence) = Describe(call, exception);
        using (TraceScope.Begin(logger, call.TraceId))
            LogFailure(call, status, sentence);
        if (status == StatusCodes.Status503ServiceUnavailable && !call.Exchange.HasStarted)
            call.Exchange.AnswerHeaders.RetryAfter = "1";
        call.Error = sentence;
        return call.Exchange.HasStarted ? BreakAsync(call, status, code, sentence) : AnswerErrorAsync(call, status, code, sentence);
    }

    private void LogFailure(ForwardCall call, int status, string sentence)
    {
        if (status >= StatusCodes.Status500InternalServerError)
            Log.ForwardFailed(logger, call.Group.NameHeader.ToString(), sentence);
    }

    private static (int Status, GrpcStatusCode Code, string Sentence) Describe(ForwardCall call, Exception exception)
    {
        var service = $"'{call.Group.Service.Name}' ({call.Group.NameHeader})";
        if (call.IsOverdue)
            return (StatusCodes.Status504GatewayTimeout, GrpcStatusCode.DeadlineExceeded, $"{service} did not answer in time.");
        return exception switch
        {
            FairleadException { Kind: ProblemKind.Unavailable } problem => (StatusCodes.Status503ServiceUnavailable, GrpcStatusCode.Unavailable, problem.Message),
            FairleadException problem => (ProblemStatus.Of(problem.Kind), GrpcStatusCode.Internal, problem.Message),
            BadHttpRequestException bad => (bad.StatusCode, GrpcStatusCode.InvalidArgument, $"The request cannot be read: {bad.Message}"),
            UpstreamException problem => (StatusCodes.Status502BadGateway, GrpcStatusCode.Unavailable, $"An instance of {service} {problem.Message}."),
            _ => (StatusCodes.Status502BadGateway, GrpcStatusCode.Unavailable, $"An instance of {service} could not be asked: {exception.Message}"),
        };
    }

    private static Task AnswerErrorAsync(ForwardCall call, int status, GrpcStatusCode code, string sentence)
    {
        call.Status = status;
        call.Code = code;
        call.Error = sentence;
        var headers = call.Exchange.AnswerHeaders;
        var retryAfter = headers.RetryAfter;
        headers.Clear();
        headers.RetryAfter = retryAfter;
        call.AddHeadersTo(headers);
        if (!call.IsGrpc)
            return call.Exchange.FailAtOnceAsync(status, sentence);
        call.Exchange.Features.GetRequiredFeature<IHttpResponseFeature>().StatusCode = StatusCodes.Status200OK;
        headers.ContentType = "application/grpc";
        headers.ContentLength = null;
        headers["grpc-status"] = code.Number();
        headers["grpc-message"] = Uri.EscapeDataString(sentence);
        return call.Exchange.Features.GetRequiredFeature<IHttpResponseBodyFeature>().CompleteAsync();
    }

    /// <summary>The answer has begun: the client must not take what it has for the whole.</summary>
    private static Task BreakAsync(ForwardCall call, int status, GrpcStatusCode code, string sentence)
    {
        call.Status = status;
        call.Code = code;
        if (call.IsGrpc && call.Exchange.Features.Get<IHttpResponseTrailersFeature>() is { } trailers)
        {
            trailers.Trailers["grpc-status"] = code.Number();
            trailers.Trailers["grpc-message"] = Uri.EscapeDataString(sentence);
            return Task.CompletedTask;
        }

        const int InternalError = 2;
        if (call.Exchange.Features.Get<IHttpResetFeature>() is { } reset)
            reset.Reset(InternalError);
        else
            call.Exchange.Features.Get<IHttpRequestLifetimeFeature>()?.Abort();
        return Task.CompletedTask;
    }
}
