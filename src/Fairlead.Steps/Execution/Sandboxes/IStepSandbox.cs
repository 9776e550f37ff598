using Fairlead.Domain.Projects;

namespace Fairlead.Steps.Execution.Sandboxes;

/// <summary>One way to keep a step from what it did not declare.</summary>
internal interface IStepSandbox
{
    SandboxKind Kind { get; }

    /// <summary>Name and version of the program that makes it; null for none.</summary>
    string? Program { get; }

    /// <summary>The system sees to it that nothing of the step outlives its first process.</summary>
    bool EndsTogether { get; }

    StepPlaces PlacesOf(WorkFolder folder);

    /// <exception cref="Domain.Problems.FairleadException">Unavailable when the machine lacks what it needs.</exception>
    Task<SandboxedCommand> WrapAsync(IReadOnlyList<string> command, StepExecution execution, CancellationToken cancellationToken);
}
