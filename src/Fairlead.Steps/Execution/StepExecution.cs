using Fairlead.Domain.Projects;
using Fairlead.Steps.Execution.Sandboxes;

namespace Fairlead.Steps.Execution;

/// <summary>All that an executor needs to know; the working folder is prepared.</summary>
internal sealed record StepExecution
{
    public required StepDefinition Step { get; init; }

    public required WorkFolder Folder { get; init; }

    /// <summary>What it was decided to be kept in.</summary>
    public required SandboxPlan Plan { get; init; }

    public required IStepSandbox Sandbox { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Bytes of the log that are kept.</summary>
    public required long LogLimit { get; init; }

    public Interaction Interaction { get; init; }

    public required Action<string> OnLine { get; init; }
}
