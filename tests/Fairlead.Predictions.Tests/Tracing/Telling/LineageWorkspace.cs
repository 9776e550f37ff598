using Fairlead.Domain.Projects;

namespace Fairlead.Predictions.Tests.Tracing.Telling;

/// <summary>A project that says where lineage is told.</summary>
internal sealed class LineageWorkspace(string root, Func<LineageDefinition?> lineage) : IWorkspace
{
    public string Root => root;

    public Task<ProjectSnapshot> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new ProjectSnapshot(new ProjectDefinition { Name = "tests", Lineage = lineage() }, "", new CommitState("0123456789abcdef", "main", null)));
}
