using Fairlead.Domain.Deployments;
using Fairlead.Domain.Projects;

namespace Fairlead.Web.Contracts;

/// <summary>What runs where.</summary>
public sealed record StatusAnswer
{
    public required string Project { get; init; }

    public required string ProjectRoot { get; init; }

    /// <summary>State of the repository, or null with <see cref="ProjectError"/> set when it cannot be read.</summary>
    public CommitState? Commit { get; init; }

    /// <summary>Why the project cannot be read now.</summary>
    public string? ProjectError { get; init; }

    public required string ControlUrl { get; init; }

    public required int ControlProcessId { get; init; }

    public required string HostUrl { get; init; }

    /// <summary>What the host last said of itself, or null when it has not yet spoken.</summary>
    public HostReport? Host { get; init; }

    /// <summary>Version of the desired state; 0 before the first deployment.</summary>
    public required long DesiredVersion { get; init; }

    public required IReadOnlyList<string> Environments { get; init; }

    /// <summary>Server groups that are not destroyed, newest first.</summary>
    public required IReadOnlyList<ServerGroup> ServerGroups { get; init; }

    /// <summary>Outcomes that belong to no prediction; null when they are not counted yet.</summary>
    public long? UnmatchedOutcomes { get; init; }
}
