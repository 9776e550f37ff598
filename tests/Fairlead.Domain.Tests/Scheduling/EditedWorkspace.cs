using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Domain.Tests.Scheduling;

/// <summary>A project whose file is being edited: null while it has mistakes.</summary>
internal sealed class EditedWorkspace : IWorkspace
{
    public ProjectDefinition? Project { get; set; }

    public string Root => "/";

    public Task<ProjectSnapshot> ReadAsync(CancellationToken cancellationToken) => Project is { } project
        ? Task.FromResult(new ProjectSnapshot(project, "", new CommitState("0123456789abcdef", "main", null)))
        : throw FairleadException.Invalid("3:1: unknown key 'x'");
}
