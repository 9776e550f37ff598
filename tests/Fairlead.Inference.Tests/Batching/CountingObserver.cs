using System.Collections.Concurrent;
using Fairlead.Inference.Batching;

namespace Fairlead.Inference.Tests.Batching;

internal sealed class CountingObserver : IRunObserver
{
    private readonly ConcurrentQueue<(int Requests, int Rows)> runs = new();

    public (int Requests, int Rows)[] Runs => [.. runs];

    public void Clear() => runs.Clear();

    public void RunCompleted(int requests, int rows, TimeSpan inference) => runs.Enqueue((requests, rows));
}
