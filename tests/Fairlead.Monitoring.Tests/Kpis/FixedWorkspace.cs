using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Monitoring.Tests.Kpis;

/// <summary>A project that a test writes as objects.</summary>
internal sealed class FixedWorkspace : IWorkspace
{
    public ProjectDefinition Project { get; set; } = new() { Name = "p" };

    /// <summary>Thrown in place of the project.</summary>
    public FairleadException? Failure { get; set; }

    public string Root => "/p";

    public Task<ProjectSnapshot> ReadAsync(CancellationToken cancellationToken) => Failure is { } failure
        ? Task.FromException<ProjectSnapshot>(failure)
        : Task.FromResult(new ProjectSnapshot(Project, "", new CommitState(new string('a', 40), "main", null)));
}
