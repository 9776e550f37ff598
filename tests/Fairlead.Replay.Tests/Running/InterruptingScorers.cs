using System.Buffers;
using Fairlead.Domain.Models;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Scoring;

namespace Fairlead.Replay.Tests.Running;

/// <summary>Real scorers that stop whoever uses them after so many calls.</summary>
internal sealed class InterruptingScorers(IScorerFactory inner, CancellationTokenSource stopping, int afterCalls) : IScorerFactory
{
    private int calls;

    public async Task<IScorer> OpenAsync(ReleasedService service, CancellationToken cancellationToken) =>
        new Scorer(await inner.OpenAsync(service, cancellationToken), this);

    private void Count()
    {
        if (Interlocked.Increment(ref calls) == afterCalls)
            stopping.Cancel();
    }

    private sealed class Scorer(IScorer inner, InterruptingScorers owner) : IScorer
    {
        public Signature Signature => inner.Signature;

        public ValueTask ScoreAsync(int rows, ReadOnlyMemory<byte> inputs, IBufferWriter<byte> outputs, CancellationToken cancellationToken)
        {
            owner.Count();
            return inner.ScoreAsync(rows, inputs, outputs, cancellationToken);
        }

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
