using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Projects;

namespace Fairlead.Domain.Releases;

/// <summary>An immutable bundle that goes unchanged through every environment.</summary>
public sealed record Release
{
    public required ReleaseName Name { get; init; }

    public required CommitState Commit { get; init; }

    /// <summary>The project file as it was.</summary>
    public required ArtifactRef ProjectFile { get; init; }

    public required IReadOnlyList<ReleasedService> Services { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }
}
