using System.Text;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Serving.Predicting;
using Fairlead.Serving.Requests;
using Fairlead.Serving.Routing;
using Fairlead.Serving.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.Shadows;

/// <summary>Scores the copies of requests to models, through the sessions and batches of the shadow's server group.</summary>
internal sealed class ModelShadowRunner(ICaptureLog log, RisingClock clock, ILogger logger)
{
    public void Run(ModelShadowJob job, ShadowNumbers numbers)
    {
        var scratch = Scratch.Rent();
        try
        {
            var arrival = new Arrival(clock);
            Score(job, scratch);
            var latency = arrival.ElapsedMicroseconds(clock.Time);
            numbers.CountDuration(latency);
            Capture(job, scratch, arrival, latency);
            Compare(job, scratch, numbers);
        }
        finally
        {
            scratch.Return();
        }
    }

    private void Score(ModelShadowJob job, Scratch scratch)
    {
        try
        {
            var group = job.Shadow;
            ShadowInputs.Fill(scratch.Request, job.Rows, job.Inputs, job.Live.Service.Signature, group.Service.Signature);
            Score(group, (ModelWork)group.Work, scratch);
        }
        catch (FairleadException e)
        {
            scratch.Fail(ProblemStatus.Of(e.Kind), e.Message);
        }
        catch (Exception e)
        {
            Log.ShadowFailed(logger, job.Shadow.Name.ToString(), e);
            scratch.Fail(StatusCodes.Status500InternalServerError, "The shadow failed to answer; the host's log says why.");
        }
    }

    /// <summary>On this thread, which waits where it must: it is the shadow's own.</summary>
    private void Score(LiveServerGroup group, ModelWork work, Scratch scratch)
    {
        var session = work.TryEnter() ?? work.EnterAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult();
        try
        {
            if (work.IsBatching)
            {
                work.BatcherOf(session).RunAsync(scratch.Request, scratch.Answer, CancellationToken.None).AsTask().GetAwaiter().GetResult();
                return;
            }

            var start = clock.Time.GetTimestamp();
            session.Session.Run(scratch.Request, scratch.Answer);
            group.Metrics.CountRun(scratch.Request.Rows, (int)Math.Min(int.MaxValue, clock.Time.GetElapsedTime(start).TotalMicroseconds));
        }
        finally
        {
            session.Leave();
        }
    }

    private void Capture(ModelShadowJob job, Scratch scratch, in Arrival arrival, int latency)
    {
        var entry = new CaptureEntry
        {
            Id = arrival.NewId(),
            TimeMicroseconds = arrival.Microseconds,
            LatencyMicroseconds = latency,
            Status = scratch.Error is null ? StatusCodes.Status200OK : scratch.Status,
            Role = PredictionRole.Shadow,
            Route = RouteKind.Mirror,
            ShadowOf = job.LiveId,
            Rows = Math.Max(1, scratch.Request.Rows),
            Unit = job.Unit,
            RequestId = job.RequestId,
            TraceId = job.TraceId,
            Error = scratch.Error is null ? default : Encoding.UTF8.GetBytes(scratch.Error),
            Inputs = scratch.Request.InputBlock,
            Outputs = scratch.Error is null ? scratch.Answer.OutputBlock : default,
        };
        job.Shadow.Capture.TryAppend(log, entry, out _);
    }

    private static void Compare(ModelShadowJob job, Scratch scratch, ShadowNumbers numbers)
    {
        if (scratch.Error is not null)
            numbers.CountFailed();
        else if (!job.IsAnswered)
            numbers.Count(new Comparison(Agrees: false, Largest: null));
        else
            numbers.Count(TensorComparison.Of(job.Outputs, job.Live.Service.Signature, scratch.Answer.OutputBlock, job.Shadow.Service.Signature));
    }
}
