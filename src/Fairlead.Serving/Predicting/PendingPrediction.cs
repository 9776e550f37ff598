using Fairlead.Inference.Batching;
using Fairlead.Serving.Routing;
using Fairlead.Serving.Sessions;

namespace Fairlead.Serving.Predicting;

/// <summary>A request on its way through a server group.</summary>
/// <param name="Table">Entered as long as the request needs the group's model.</param>
internal readonly record struct PendingPrediction(RouteTable Table, LiveServerGroup Group, ModelWork Work, Scratch Scratch)
{
    public void Take(in RunTiming timing)
    {
        Scratch.QueueTime += Microseconds(timing.Queue);
        Scratch.InferenceTime = Microseconds(timing.Inference);
    }

    private static int Microseconds(TimeSpan span) => (int)Math.Min(int.MaxValue, span.Ticks / TimeSpan.TicksPerMicrosecond);
}
