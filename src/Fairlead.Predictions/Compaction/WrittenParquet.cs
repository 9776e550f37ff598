using Fairlead.Domain.Artifacts;

namespace Fairlead.Predictions.Compaction;

/// <summary>What is known of a Parquet file that was just written.</summary>
/// <param name="Digest">Null for files that need not outlive the process.</param>
/// <param name="Shape">See <see cref="Fairlead.Domain.Predictions.CompactedFile.Shape"/>; null likewise.</param>
internal sealed record WrittenParquet(long Bytes, Digest? Digest, string? Shape);
