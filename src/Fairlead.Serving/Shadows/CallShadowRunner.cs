using Fairlead.Domain.Predictions;
using Fairlead.Serving.Forwarding;
using Fairlead.Serving.Predicting;
using Fairlead.Serving.Requests;

namespace Fairlead.Serving.Shadows;

/// <summary>Sends the copies of calls to the instances of the shadow's server group, the way that calls of clients go, and keeps what they answer to itself.</summary>
internal sealed class CallShadowRunner(ForwardHandler handler, RisingClock clock)
{
    /// <summary>On the calling thread, which waits: it is the shadow's own.</summary>
    public void Run(CallShadowJob job, ShadowNumbers numbers)
    {
        var arrival = new Arrival(clock);
        var features = ShadowFeatures.Of(job);
        var target = new ForwardTarget(job.Shadow, job.Path, job.IsGrpc, arrival, arrival.NewId()) { ShadowOf = job.LiveId };
        using var call = handler.CreateCall(new Exchange(features), target);
        handler.HandleAsync(call).GetAwaiter().GetResult();
        numbers.CountDuration(arrival.ElapsedMicroseconds(clock.Time));
        if (call.Error is not null)
            numbers.CountFailed();
        else
            numbers.Count(new Comparison(Agrees(job, call), Largest: null));
    }

    private static bool Agrees(CallShadowJob job, ForwardCall call) =>
        job.IsAnswered && job.Status == call.Status && job.Code == call.Code && call.Answer.IsWhole && job.Answer.SequenceEqual(call.Answer.Bytes);
}
