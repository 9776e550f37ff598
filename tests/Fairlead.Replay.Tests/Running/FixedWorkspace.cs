using Fairlead.Domain.Projects;

namespace Fairlead.Replay.Tests.Running;

/// <summary>A project that a test writes down.</summary>
internal sealed class FixedWorkspace(string root) : IWorkspace
{
    public string Root => root;

    public ProjectDefinition Project { get; set; } = new()
    {
        Name = "tests",
        Models = [new ModelDefinition("late", "train", "model.onnx")],
        Services = [new ServiceDefinition { Name = "late", Model = "late" }],
    };

    public Task<ProjectSnapshot> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new ProjectSnapshot(Project, "", new CommitState("0123456789abcdef", "main", null)));
}
