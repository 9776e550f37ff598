using Fairlead.Inference.Batching;
using Fairlead.Serving.Telemetry;

namespace Fairlead.Serving.Sessions;

/// <summary>Counts the runs of a batcher for its server group.</summary>
internal sealed class RunObserver(GroupMetrics metrics) : IRunObserver
{
    public void RunCompleted(int requests, int rows, TimeSpan inference) => metrics.CountRun(rows, (int)Math.Min(int.MaxValue, inference.Ticks / TimeSpan.TicksPerMicrosecond));
}
