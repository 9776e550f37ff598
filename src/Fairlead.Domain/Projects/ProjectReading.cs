using System.Diagnostics.CodeAnalysis;

namespace Fairlead.Domain.Projects;

/// <summary>What reading a project file gave: a definition, or every problem at once.</summary>
public sealed record ProjectReading(ProjectDefinition? Project, IReadOnlyList<ProjectProblem> Problems)
{
    [MemberNotNullWhen(true, nameof(Project))]
    public bool Succeeded => Project is not null;
}
