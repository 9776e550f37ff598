using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Delivery.Tests.Fakes;

internal sealed class FakeWorkspace(ProjectSnapshot snapshot) : IWorkspace
{
    public string Root => "/project";

    public ProjectSnapshot Snapshot { get; set; } = snapshot;

    /// <summary>When set, the project file cannot be read.</summary>
    public string? Broken { get; set; }

    public Task<ProjectSnapshot> ReadAsync(CancellationToken cancellationToken) =>
        Broken is null ? Task.FromResult(Snapshot) : throw FairleadException.Invalid(Broken);
}
