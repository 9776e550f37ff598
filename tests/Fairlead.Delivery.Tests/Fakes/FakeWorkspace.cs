using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Delivery.Tests.Fakes;

internal sealed class FakeWorkspace(ProjectSnapshot snapshot) : IWorkspace
{
    public string Root => "/project";

    public ProjectSnapshot Snapshot { get; set; } = snapshot;

    /// <summary>When set, the project file cannot be read.</summary>
    public string? Broken { get; set; }

    /// <summary>How often somebody asked for the project, which starts other programs.</summary>
    public int Readings { get; private set; }

    public Task<ProjectSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        Readings++;
        return Broken is null ? Task.FromResult(Snapshot) : throw FairleadException.Invalid(Broken);
    }
}
