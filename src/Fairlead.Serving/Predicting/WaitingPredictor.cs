using Fairlead.Domain.Problems;
using Fairlead.Inference.Batching;
using Fairlead.Serving.Listening;
using Fairlead.Serving.Routing;
using Fairlead.Serving.Sessions;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Serving.Predicting;

/// <summary>Answers the infer requests that cannot be answered at once: those that queue, wake a model, wait for company, have a deadline, or take long.</summary>
internal sealed class WaitingPredictor(Predictor predictor, TimeProvider time)
{
    /// <summary>Runs past their deadline that may hold a thread before the group is taken for hanging.</summary>
    private static readonly int MostStuck = Math.Max(4, 2 * Environment.ProcessorCount);

    public async Task AnswerAsync<TCall>(TCall call, PendingPrediction prediction, ServiceRoute service, bool hasEntered)
        where TCall : struct, IInferCall
    {
        var (table, group, work, scratch) = prediction;
        LoadedSession? session = null;
        Task? stuck = null;
        try
        {
            try
            {
                using var limit = Limit(call, prediction);
                var token = limit?.Token ?? call.Aborted;
                var start = time.GetTimestamp();
                hasEntered = hasEntered || await group.Admission.WaitAsync(token).ConfigureAwait(false);
                if (!hasEntered)
                {
                    await predictor.ShedAsync(call, prediction, service).ConfigureAwait(false);
                    return;
                }

                session = await WakeAsync(prediction, token).ConfigureAwait(false);
                if (Predictor.MustLeaveLoop(prediction, session))
                    await OffLoop.Leave();
                scratch.QueueTime = predictor.Microseconds(start);
                if (Predictor.IsTimed(prediction))
                    stuck = await RunTimedAsync(prediction, session, token).ConfigureAwait(false);
                else if (work.IsBatching)
                    prediction.Take(await work.BatcherOf(session).RunAsync(scratch.Request, scratch.Answer, token).ConfigureAwait(false));
                else
                    predictor.Run(prediction, session);
            }
            catch (OperationCanceledException) when (call.IsOverdue || !call.Aborted.IsCancellationRequested)
            {
                scratch.Fail(StatusCodes.Status504GatewayTimeout, Overdue(prediction));
            }
            catch (OperationCanceledException)
            {
                predictor.Abandon(prediction, service);
                throw;
            }
            catch (Exception e)
            {
                predictor.Fail(prediction, e);
            }
            finally
            {
                if (stuck is null)
                {
                    session?.Leave();
                    if (hasEntered)
                        group.Admission.Leave();
                }
            }

            if (stuck is not null)
                scratch.Fail(StatusCodes.Status504GatewayTimeout, Overdue(prediction));
            await predictor.FinishAsync(call, prediction, service, out _).ConfigureAwait(false);
        }
        finally
        {
            if (stuck is not null)
                _ = FreeLaterAsync(stuck, prediction, session!);
            else
                Free(prediction);
        }
    }

    public async Task AwaitBatchAsync<TCall>(TCall call, PendingPrediction prediction, ServiceRoute service, LoadedSession session, ValueTask<RunTiming> run)
        where TCall : struct, IInferCall
    {
        try
        {
            try
            {
                prediction.Take(await run.ConfigureAwait(false));
            }
            catch (Exception e)
            {
                predictor.Fail(prediction, e);
            }
            finally
            {
                session.Leave();
                prediction.Group.Admission.Leave();
            }

            await predictor.FinishAsync(call, prediction, service, out _).ConfigureAwait(false);
        }
        finally
        {
            Free(prediction);
        }
    }

    /// <summary>Runs the model on another thread. Returns the run when the deadline came first: it still uses the scratch and the session.</summary>
    private async Task<Task?> RunTimedAsync(PendingPrediction prediction, LoadedSession session, CancellationToken token)
    {
        var (_, group, work, scratch) = prediction;
        if (group.Admission.Stuck >= MostStuck)
        {
            scratch.Fail(StatusCodes.Status503ServiceUnavailable, $"Server group '{group.Name}' hangs: {group.Admission.Stuck} requests are past their deadline and do not end; roll back, or restart the host.");
            return null;
        }

        token.ThrowIfCancellationRequested();
        var run = work.IsBatching
            ? Task.Run(() => work.BatcherOf(session).RunAsync(scratch.Request, scratch.Answer, token).AsTask(), CancellationToken.None)
            : Task.Run(() => Score(prediction, session), CancellationToken.None);
        try
        {
            // Only now: a run that is given up must not change what the client is told.
            prediction.Take(await run.WaitAsync(token).ConfigureAwait(false));
            return null;
        }
        catch (OperationCanceledException) when (!run.IsCompleted)
        {
            return run;
        }
    }

    private RunTiming Score(in PendingPrediction prediction, LoadedSession session) =>
        new(TimeSpan.Zero, TimeSpan.FromMicroseconds(predictor.Score(prediction, session)), prediction.Scratch.Request.Rows);

    /// <exception cref="FairleadException">Unavailable: the model cannot be loaded at the moment.</exception>
    private static async ValueTask<LoadedSession> WakeAsync(PendingPrediction prediction, CancellationToken cancellationToken)
    {
        try
        {
            return await prediction.Work.EnterAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (FairleadException e)
        {
            throw FairleadException.Unavailable($"The model of '{prediction.Group.Name}' cannot be loaded: {e.Message}", e);
        }
    }

    private async Task FreeLaterAsync(Task stuck, PendingPrediction prediction, LoadedSession session)
    {
        var admission = prediction.Group.Admission;
        admission.BeginStuck();
        await stuck.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        admission.EndStuck();
        session.Leave();
        admission.Leave();
        Free(prediction);
    }

    private static void Free(in PendingPrediction prediction)
    {
        prediction.Scratch.Return();
        prediction.Table.Leave();
    }

    /// <summary>The service's deadline or the request's own, whichever is sooner, and the client's patience; null without either of the first two.</summary>
    private CancellationTokenSource? Limit<TCall>(in TCall call, in PendingPrediction prediction)
        where TCall : struct, IInferCall
    {
        var asked = prediction.Scratch.Request.TimeoutMicroseconds;
        var allowed = prediction.Group.Admission.Deadline ?? TimeSpan.MaxValue;
        var limit = asked > 0 ? TimeSpan.FromTicks(Math.Min(allowed.Ticks, Math.Min(asked, TimeSpan.MaxValue.Ticks / 10) * TimeSpan.TicksPerMicrosecond)) : allowed;
        if (limit == TimeSpan.MaxValue)
            return null;
        var left = limit - prediction.Scratch.Arrival.Elapsed(time);
        return new TimeLimit(left, time, call.Aborted);
    }

    private string Overdue(in PendingPrediction prediction) =>
        $"The deadline of the request was over after {prediction.Scratch.Arrival.Elapsed(time).TotalMilliseconds:N0} ms, before '{prediction.Group.Name}' had answered; allow more time, or send fewer rows.";
}
