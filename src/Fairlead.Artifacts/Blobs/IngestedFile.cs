using Fairlead.Domain.Artifacts;

namespace Fairlead.Artifacts.Blobs;

/// <summary>What became of a file that was put.</summary>
/// <param name="Staged">Its bytes, when the store lacks them.</param>
internal sealed record IngestedFile(Digest Digest, long Size, bool Executable, StagedBlob? Staged);
