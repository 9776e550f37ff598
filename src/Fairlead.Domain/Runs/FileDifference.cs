using Fairlead.Domain.Artifacts;

namespace Fairlead.Domain.Runs;

/// <summary>A file that a run made otherwise when it was executed again.</summary>
/// <param name="File">The output, and the path in it when it is a folder.</param>
/// <param name="Recorded">Null: there was none then.</param>
/// <param name="Rebuilt">Null: there is none now.</param>
/// <param name="Offset">Of the first byte that differs; null when one of them cannot be read.</param>
public sealed record FileDifference(string File, Digest? Recorded, Digest? Rebuilt, long? Offset)
{
    /// <summary>Where its rows differ; null for a file without rows, or when one of them cannot be read.</summary>
    public DifferingRow? Row { get; init; }
}
