using Fairlead.Predictions.Compaction;

namespace Fairlead.Predictions.Scoring;

/// <summary>Rows of a chunk that were scored together.</summary>
/// <param name="Answer">Splits the block into rows, which are taken in order.</param>
internal sealed record ScoredPart(TensorStruct Answer, byte[] Block);
