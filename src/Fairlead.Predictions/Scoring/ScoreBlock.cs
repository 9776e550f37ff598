namespace Fairlead.Predictions.Scoring;

/// <summary>Scores rows: the seam to whatever engine serves the model.</summary>
/// <param name="rows">Rows in the block.</param>
/// <param name="inputs">Tensors in the signature's order (<see cref="Domain.Predictions.TensorBlock"/>).</param>
/// <returns>Tensors of the outputs in the signature's order; valid until the next call.</returns>
public delegate ReadOnlySpan<byte> ScoreBlock(int rows, ReadOnlySpan<byte> inputs);
