using System.Diagnostics;
using Fairlead.Inference;

namespace Fairlead.Bench.Load;

/// <summary>The engine alone, over one row again and again, in this process: what no server can exceed. A connection is a thread.</summary>
/// <param name="inputs">The row, laid out in the signature's order.</param>
internal sealed class EngineLoad(IModelSession session, ReadOnlyMemory<byte> inputs) : ILoad
{
    private const int RunsBetweenLooks = 64;

    public async Task<LoadResult> RunAsync(int connections, TimeSpan duration, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        var threads = Enumerable.Range(0, connections).Select(_ => Task.Factory.StartNew(
            () => Score(clock, duration, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        var rows = (await Task.WhenAll(threads)).Sum();
        return new LoadResult(rows, rows / clock.Elapsed.TotalSeconds);
    }

    private long Score(Stopwatch clock, TimeSpan duration, CancellationToken cancellationToken)
    {
        var request = new InferRequest();
        request.Fill(1, inputs.Span);
        var answer = new InferAnswer();
        var rows = 0L;
        while (clock.Elapsed < duration)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var run = 0; run < RunsBetweenLooks; run++)
                session.Run(request, answer);
            rows += RunsBetweenLooks;
        }

        return rows;
    }
}
