using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;

namespace Fairlead.Domain.Datasets;

/// <summary>One immutable state of a dataset; its digest is its name, the number is for people.</summary>
public sealed record DatasetVersion
{
    public required string Dataset { get; init; }

    /// <summary>From 1, in the order in which they were first seen.</summary>
    public required int Number { get; init; }

    public required ArtifactRef Artifact { get; init; }

    /// <summary>Where it was read from: a path relative to the project file, a URL, or a query.</summary>
    public required string Path { get; init; }

    public required DateTimeOffset RegisteredAt { get; init; }

    public required string RegisteredBy { get; init; }

    /// <summary>State of the repository when it was registered.</summary>
    public required CommitState Commit { get; init; }

    /// <summary>The run of its query, whose inputs are the versions that it was made from; null unless a query made it.</summary>
    public RunId? Run { get; init; }

    public string Label => $"{Dataset}@{Number}";
}
