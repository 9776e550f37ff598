using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Inference;
using Fairlead.Serving.Forwarding;
using Fairlead.Serving.Limits;
using Fairlead.Serving.Requests;
using Fairlead.Serving.Routing;
using Fairlead.Serving.Sessions;
using Fairlead.Serving.Shadows;
using Fairlead.Serving.Telemetry.Tracing;
using Fairlead.Transport.Loops;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.Predicting;

/// <summary>
/// From a body to a captured answer, the same for every transport: choose, admit, read, score, write, capture, hand over. What need not wait is
/// answered on the thread of the request; what must wait for a turn, a model or a deadline goes on in <see cref="WaitingPredictor"/>.
/// </summary>
internal sealed class Predictor
{
    public const string PredictionHeader = "fairlead-prediction";
    public const string ServerGroupHeader = "fairlead-server-group";
    public const string UnitHeader = "fairlead-unit";
    private readonly ByteBudget budget;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly Recorder recorder;
    private readonly ShadowMirror mirror;
    private readonly WaitingPredictor waiting;

    public Predictor(Recorder recorder, ShadowMirror mirror, ByteBudget budget, TimeProvider time, ILogger logger)
    {
        this.recorder = recorder;
        this.mirror = mirror;
        this.budget = budget;
        this.time = time;
        this.logger = logger;
        waiting = new WaitingPredictor(this, time);
    }

    /// <param name="table">Entered by the caller; left here, when the request needs it no more.</param>
    /// <param name="version">That the client named; empty leaves the choice to the weights.</param>
    /// <param name="body">Used before the call returns only.</param>
    public Task AnswerAsync<TCall>(in TCall call, RouteTable table, ServiceRoute service, ReadOnlySpan<char> version, ReadOnlySpan<byte> body, in Arrival arrival)
        where TCall : struct, IInferCall
    {
        var scratch = Scratch.Rent();
        var isHere = true;
        try
        {
            scratch.Begin(call.RequestHeaders, arrival, body.Length);
            var (group, work) = Choose(service, version, scratch);
            var prediction = new PendingPrediction(table, group, work, scratch);
            var admission = group.Admission.TryEnter();
            if (admission == AdmissionResult.Full)
                return ShedAsync(call, prediction, service);
            Read(call, prediction, service.Service, body);
            if (NeedsNoModel(prediction))
            {
                if (admission == AdmissionResult.Entered)
                    group.Admission.Leave();
                return FinishHereAsync(call, prediction, service, out isHere);
            }

            var session = admission == AdmissionResult.Entered && !IsTimed(prediction) ? work.TryEnter() : null;
            if (session is not null && MustLeaveLoop(prediction, session))
            {
                session.Leave();
                session = null;
            }

            if (session is null)
            {
                isHere = false;
                return waiting.AnswerAsync(call, prediction, service, admission == AdmissionResult.Entered);
            }

            if (work.IsBatching)
                return BatchAsync(call, prediction, service, session, out isHere);
            Run(prediction, session);
            session.Leave();
            group.Admission.Leave();
            return FinishHereAsync(call, prediction, service, out isHere);
        }
        finally
        {
            if (isHere)
            {
                scratch.Return();
                table.Leave();
            }
        }
    }

    /// <summary>True when a timer must watch the model, which then runs on another thread.</summary>
    public static bool IsTimed(in PendingPrediction prediction) => prediction.Group.Admission.Deadline is not null || prediction.Scratch.Request.TimeoutMicroseconds > 0;

    /// <summary>True when the model may take so long that it is to run elsewhere than on this event loop.</summary>
    public static bool MustLeaveLoop(in PendingPrediction prediction, LoadedSession session) =>
        EventLoop.Current is not null && !prediction.Work.IsQuick(session, prediction.Scratch.Request.Rows);

    /// <summary>Scores on this thread, and notes how long it took and what went wrong.</summary>
    public void Run(in PendingPrediction prediction, LoadedSession session)
    {
        try
        {
            prediction.Scratch.InferenceTime = Score(prediction, session);
        }
        catch (Exception e)
        {
            Fail(prediction, e);
        }
    }

    /// <summary>Scores on this thread; returns the microseconds that it took.</summary>
    public int Score(in PendingPrediction prediction, LoadedSession session)
    {
        var start = time.GetTimestamp();
        session.Session.Run(prediction.Scratch.Request, prediction.Scratch.Answer);
        var taken = Microseconds(start);
        session.Estimate.Note(prediction.Scratch.Request.Rows, taken);
        prediction.Group.Metrics.CountRun(prediction.Scratch.Request.Rows, taken);
        return taken;
    }

    /// <summary>Notes what went wrong.</summary>
    public void Fail(in PendingPrediction prediction, Exception exception)
    {
        if (exception is FairleadException problem)
        {
            prediction.Scratch.Fail(ProblemStatus.Of(problem.Kind), problem.Message);
            return;
        }

        if (exception is OverloadedException busy)
        {
            prediction.Scratch.Fail(StatusCodes.Status429TooManyRequests, busy.Message);
            return;
        }

        // A bug of ours or of the engine's: recorded as any other answer, so that the trace of a failed request is not lost.
        using (TraceScope.Begin(logger, prediction.Scratch.TraceId))
            Log.PredictionFailed(logger, prediction.Group.Name.ToString(), exception);
        prediction.Scratch.Fail(StatusCodes.Status500InternalServerError, "The host failed to answer; its log says why.");
    }

    /// <summary>Writes, captures, hands over, and copies to shadows.</summary>
    /// <param name="isDone">True when the scratch may be returned at once; else when the task has ended.</param>
    public Task FinishAsync<TCall>(in TCall call, in PendingPrediction prediction, ServiceRoute service, out bool isDone)
        where TCall : struct, IInferCall
    {
        if (prediction.Scratch.Error is null)
            Write(call, prediction, service);
        var answer = recorder.AnswerAsync(call, prediction, out isDone);
        if (service.Shadows.Length > 0)
            mirror.Offer(service, prediction);
        return answer;
    }

    /// <summary>Refuses a request that there is no room for.</summary>
    public Task ShedAsync<TCall>(in TCall call, in PendingPrediction prediction, ServiceRoute service)
        where TCall : struct, IInferCall
    {
        mirror.Skip(service, prediction, ShadowDrop.Unread);
        return recorder.ShedAsync(call, prediction.Scratch, prediction.Group);
    }

    /// <summary>Records a request whose client left before it had an answer.</summary>
    public void Abandon(in PendingPrediction prediction, ServiceRoute service)
    {
        mirror.Skip(service, prediction, ShadowDrop.Abandoned);
        prediction.Scratch.Fail(ForwardHandler.ClientClosedRequest, "The client closed the connection before it had its answer.");
        recorder.Abandon(prediction);
    }

    public int Microseconds(long since) => (int)Math.Min(int.MaxValue, time.GetElapsedTime(since).Ticks / TimeSpan.TicksPerMicrosecond);

    /// <exception cref="FairleadException">NotFound, Invalid, Unavailable; recorded.</exception>
    private (LiveServerGroup Group, ModelWork Work) Choose(ServiceRoute service, ReadOnlySpan<char> version, Scratch scratch)
    {
        try
        {
            scratch.Route = !version.IsEmpty ? RouteKind.Version : scratch.Unit.IsEmpty ? RouteKind.Weight : RouteKind.Unit;
            var group = version.IsEmpty ? RouteFinder.Choose(service, scratch.Unit) : RouteFinder.FindVersion(service, version);
            return group.Work is ModelWork work ? (group, work) : throw RouteFinder.IsCommand(service);
        }
        catch (FairleadException e)
        {
            scratch.Fail(ProblemStatus.Of(e.Kind), e.Message);
            recorder.Refuse(service, scratch);
            throw;
        }
    }

    /// <summary>True for a request that was refused, and for one without a row.</summary>
    private bool NeedsNoModel(in PendingPrediction prediction)
    {
        var scratch = prediction.Scratch;
        if (scratch.Error is not null)
            return true;
        if (!scratch.Request.IsEmpty)
            return false;
        try
        {
            scratch.Answer.FillEmpty(prediction.Work.Codec);
        }
        catch (FairleadException e)
        {
            Fail(prediction, e);
        }

        return true;
    }

    private void Read<TCall>(in TCall call, in PendingPrediction prediction, string model, ReadOnlySpan<byte> body)
        where TCall : struct, IInferCall
    {
        var start = time.GetTimestamp();
        try
        {
            call.Read(body, prediction.Work.Codec, model, prediction.Scratch.Request);
            prediction.Scratch.Hold(budget);
        }
        catch (Exception e)
        {
            Fail(prediction, e);
        }

        prediction.Scratch.InputTime = Microseconds(start);
    }

    private void Write<TCall>(in TCall call, in PendingPrediction prediction, ServiceRoute service)
        where TCall : struct, IInferCall
    {
        var scratch = prediction.Scratch;
        var start = time.GetTimestamp();
        try
        {
            var head = new AnswerHead
            {
                Model = service.ServiceUtf8,
                Version = prediction.Group.VersionUtf8,
                ServerGroup = prediction.Group.NameUtf8,
                Prediction = scratch.Request.IsEmpty ? null : scratch.Id,
            };
            call.Write(scratch, head, prediction.Work.Codec);
            scratch.HoldAnswer(budget);
        }
        catch (Exception e)
        {
            Fail(prediction, e);
        }

        scratch.OutputTime = Microseconds(start);
    }

    private Task BatchAsync<TCall>(in TCall call, in PendingPrediction prediction, ServiceRoute service, LoadedSession session, out bool isHere)
        where TCall : struct, IInferCall
    {
        var scratch = prediction.Scratch;
        var run = prediction.Work.BatcherOf(session).RunAsync(scratch.Request, scratch.Answer, CancellationToken.None);
        if (!run.IsCompletedSuccessfully)
        {
            isHere = false;
            return waiting.AwaitBatchAsync(call, prediction, service, session, run);
        }

        prediction.Take(run.Result);
        session.Leave();
        prediction.Group.Admission.Leave();
        return FinishHereAsync(call, prediction, service, out isHere);
    }

    private Task FinishHereAsync<TCall>(in TCall call, in PendingPrediction prediction, ServiceRoute service, out bool isHere)
        where TCall : struct, IInferCall
    {
        var answer = FinishAsync(call, prediction, service, out isHere);
        return isHere ? answer : FreeAfterAsync(answer, prediction);
    }

    private static async Task FreeAfterAsync(Task answer, PendingPrediction prediction)
    {
        try
        {
            await answer.ConfigureAwait(false);
        }
        finally
        {
            prediction.Scratch.Return();
            prediction.Table.Leave();
        }
    }
}
