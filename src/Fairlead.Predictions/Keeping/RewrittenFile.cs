using Fairlead.Domain.Artifacts;

namespace Fairlead.Predictions.Keeping;

/// <summary>A file that held rows of an erased unit.</summary>
/// <param name="Path">Relative to the predictions folder; the file is gone.</param>
/// <param name="Digest">Of its bytes; null when it is from before digests were kept.</param>
/// <param name="NewPath">What took its place; null when no row was left.</param>
public sealed record RewrittenFile(string Path, Digest? Digest, long RowsBefore, string? NewPath, Digest? NewDigest, long RowsAfter);
