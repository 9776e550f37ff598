namespace Fairlead.Steps.Execution;

/// <summary>Executes <c>run</c> with <c>/bin/sh -c</c>.</summary>
internal sealed class CommandExecutor(ProcessRunner runner) : IStepExecutor
{
    public const string ExecutorName = "command";

    public string Name => ExecutorName;

    public Task<ExecutionResult> ExecuteAsync(StepExecution execution, CancellationToken cancellationToken) =>
        runner.RunAsync(["/bin/sh", "-c", execution.Step.Run!], execution, cancellationToken);
}
