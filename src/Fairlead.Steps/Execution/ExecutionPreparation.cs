using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Steps.Execution.Sandboxes;

namespace Fairlead.Steps.Execution;

/// <summary>Decides what a step is kept in on this machine, and what it is told there.</summary>
/// <param name="logLimit">Bytes of the log that are kept.</param>
internal sealed class ExecutionPreparation(StepSandboxes sandboxes, long logLimit)
{
    /// <param name="run">The run's name.</param>
    /// <param name="onLine">Gets each line that the step prints.</param>
    /// <exception cref="FairleadException">Unavailable when the machine lacks the sandbox that the step asks for.</exception>
    public async Task<StepExecution> PrepareAsync(string run, StepDefinition step, WorkFolder folder, Action<string> onLine, CancellationToken cancellationToken)
    {
        var plan = (await sandboxes.FindAsync(cancellationToken)).PlanOf(step);
        var sandbox = await sandboxes.GetAsync(plan, cancellationToken);
        return new StepExecution
        {
            Step = step,
            Folder = folder,
            Plan = plan,
            Sandbox = sandbox,
            Environment = StepEnvironment.Build(step, run, sandbox.PlacesOf(folder)),
            LogLimit = logLimit,
            OnLine = onLine,
        };
    }
}
