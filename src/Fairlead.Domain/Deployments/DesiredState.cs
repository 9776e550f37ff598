using Fairlead.Domain.Projects;

namespace Fairlead.Domain.Deployments;

/// <summary>Everything that a host shall run. Applied as a whole or not at all; the host keeps the last one on disk.</summary>
public sealed record DesiredState
{
    public const int CurrentFormat = 2;

    public int Format { get; init; } = CurrentFormat;

    /// <summary>Rises by one with every change.</summary>
    public required long Version { get; init; }

    public required string Project { get; init; }

    /// <summary>Every environment of the project, also those without a server group, in the order of the project file.</summary>
    public required IReadOnlyList<EnvironmentDefinition> Environments { get; init; }

    public required IReadOnlyList<DesiredServerGroup> ServerGroups { get; init; }
}
