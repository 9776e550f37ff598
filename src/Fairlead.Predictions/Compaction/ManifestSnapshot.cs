using System.Collections.Immutable;
using Fairlead.Domain.Predictions;

namespace Fairlead.Predictions.Compaction;

/// <summary>The manifest at one moment.</summary>
internal sealed class ManifestSnapshot
{
    private readonly ImmutableHashSet<string> segments;

    public ManifestSnapshot(IReadOnlyList<CompactedSegment> segments)
        : this(
            segments.Select(segment => segment.Segment).ToImmutableHashSet(StringComparer.Ordinal),
            [.. segments.SelectMany(segment => segment.Files)])
    {
    }

    private ManifestSnapshot(ImmutableHashSet<string> segments, ImmutableList<CompactedFile> files)
    {
        this.segments = segments;
        Files = files;
    }

    /// <summary>Oldest segment first.</summary>
    public ImmutableList<CompactedFile> Files { get; }

    public bool Contains(string segment) => segments.Contains(segment);

    public ManifestSnapshot With(CompactedSegment segment) =>
        segments.Contains(segment.Segment) ? this : new ManifestSnapshot(segments.Add(segment.Segment), Files.AddRange(segment.Files));
}
