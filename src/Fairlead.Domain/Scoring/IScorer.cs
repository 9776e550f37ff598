using System.Buffers;
using Fairlead.Domain.Models;

namespace Fairlead.Domain.Scoring;

/// <summary>A service that is ready to score. Many threads may call it at once.</summary>
public interface IScorer : IAsyncDisposable
{
    Signature Signature { get; }

    /// <summary>Scores a block of rows.</summary>
    /// <param name="rows">Rows in the block; 1 for a call of a command service.</param>
    /// <param name="inputs">Tensors in the signature's order (<see cref="Predictions.TensorBlock"/>).</param>
    /// <param name="outputs">Receives the tensors of the answer in the signature's order.</param>
    /// <exception cref="Problems.FairleadException">Invalid: it refuses the inputs; Failed: it fails on them.</exception>
    ValueTask ScoreAsync(int rows, ReadOnlyMemory<byte> inputs, IBufferWriter<byte> outputs, CancellationToken cancellationToken);
}
