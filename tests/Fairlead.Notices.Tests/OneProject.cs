using Fairlead.Domain.Notices;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Problems;

namespace Fairlead.Notices.Tests;

/// <summary>A project that is what the test says.</summary>
internal sealed class OneProject : IWorkspace
{
    public string Root => "/nowhere";

    public NotifyDefinition? Notify { get; set; }

    public IReadOnlyList<EnvironmentDefinition> Environments { get; set; } = [];

    public bool IsBroken { get; set; }

    public Task<ProjectSnapshot> ReadAsync(CancellationToken cancellationToken) => IsBroken
        ? throw FairleadException.Invalid("The project file is broken.")
        : Task.FromResult(new ProjectSnapshot(new ProjectDefinition { Name = "shop", Notify = Notify, Environments = Environments }, "", new CommitState("c0ffee", "main", null)));
}
