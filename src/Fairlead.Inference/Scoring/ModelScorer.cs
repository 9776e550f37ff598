using System.Buffers;
using Fairlead.Domain.Models;
using Fairlead.Domain.Scoring;

namespace Fairlead.Inference.Scoring;

/// <summary>
/// Scores with the session that the host would serve, so that the same block has the same answer to the last bit. Some models round a row otherwise
/// among others than alone: what the host scored alone is scored again as a block of one row.
/// </summary>
/// <param name="session">What is run.</param>
/// <param name="models">The sessions that it runs in turn, which end after it; none for a model.</param>
internal sealed class ModelScorer(IModelSession session, IReadOnlyList<IModelSession> models) : IScorer
{
    private readonly IdlePool<ScoringCall> calls = new(() => new ScoringCall());

    public Signature Signature => session.Signature;

    public ValueTask ScoreAsync(int rows, ReadOnlyMemory<byte> inputs, IBufferWriter<byte> outputs, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = calls.Rent();
        try
        {
            call.Request.Fill(rows, inputs.Span);
            session.Run(call.Request, call.Answer);
            outputs.Write(call.Answer.OutputBlock);
        }
        finally
        {
            calls.Return(call);
        }

        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        session.Dispose();
        foreach (var model in models)
            model.Dispose();
        calls.Dispose();
        return ValueTask.CompletedTask;
    }
}
