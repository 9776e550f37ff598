using Fairlead.Domain.Projects;

namespace Fairlead.Pipelines.Tests.Driving;

/// <summary>A project that is in no file.</summary>
internal sealed class FixedWorkspace(Func<ProjectDefinition> project) : IWorkspace
{
    public FixedWorkspace(ProjectDefinition project)
        : this(() => project)
    {
    }

    public string Root => "/";

    public Task<ProjectSnapshot> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new ProjectSnapshot(project(), "", new CommitState("0123456789abcdef", "main", null)));
}
