using System.Collections.Immutable;
using Fairlead.Domain.Predictions;

namespace Fairlead.Predictions.Compaction;

/// <summary>The manifest at one moment.</summary>
internal sealed class ManifestSnapshot
{
    private readonly ImmutableHashSet<string> segments;

    public ManifestSnapshot(IReadOnlyList<string> segments, IReadOnlyList<CompactedFile> files)
        : this(segments.ToImmutableHashSet(StringComparer.Ordinal), [.. files])
    {
    }

    private ManifestSnapshot(ImmutableHashSet<string> segments, ImmutableList<CompactedFile> all)
    {
        this.segments = segments;
        All = all;
        Files = [.. all.Where(file => file.State is CompactedFileState.Listed or CompactedFileState.Hidden)];
    }

    /// <summary>Files of every state.</summary>
    public ImmutableList<CompactedFile> All { get; }

    /// <summary>Those whose rows count, in the order in which they were listed.</summary>
    public ImmutableArray<CompactedFile> Files { get; }

    public IReadOnlyCollection<string> Segments => segments;

    public bool Contains(string segment) => segments.Contains(segment);

    public ManifestSnapshot With(CompactedSegment segment) =>
        segments.Contains(segment.Segment) ? this : new ManifestSnapshot(segments.Add(segment.Segment), All.AddRange(segment.Files));

    public ManifestSnapshot Without(IEnumerable<string> forgotten) => new(segments.Except(forgotten), All);

    public ManifestSnapshot With(IReadOnlyCollection<string> paths, CompactedFileState state) =>
        new(segments, [.. All.Select(file => paths.Contains(file.Path) ? file with { State = state } : file)]);

    public ManifestSnapshot Replace(IReadOnlyCollection<string> retired, IReadOnlyList<CompactedFile> added) =>
        new(segments, With(retired, CompactedFileState.Retired).All.AddRange(added));

    public ManifestSnapshot WithoutFiles(IReadOnlyCollection<string> removed) =>
        new(segments, All.RemoveAll(file => file.State == CompactedFileState.Retired && removed.Contains(file.Path)));
}
