using Fairlead.Domain.Projects;

namespace Fairlead.Steps.Execution.Sandboxes;

/// <summary>Runs a step as a plain process: it finds what it declared, and can read all that the user can.</summary>
internal sealed class NoSandbox(string? toolPath) : IStepSandbox
{
    public SandboxKind Kind => SandboxKind.None;

    public string? Program => null;

    public bool EndsTogether => false;

    public StepPlaces PlacesOf(WorkFolder folder) => new(folder.Step, folder.Home, folder.Temp, toolPath);

    public Task<SandboxedCommand> WrapAsync(IReadOnlyList<string> command, StepExecution execution, CancellationToken cancellationToken) =>
        Task.FromResult(new SandboxedCommand(new ProcessStart(command, execution.Environment, execution.Folder.Step)));
}
