using Fairlead.Domain.Problems;

namespace Fairlead.Steps.Execution;

/// <summary>Executes <c>sql</c> in a process of its own, so that timeout, kill and memory are the same as for a command.</summary>
/// <param name="command">Program and leading arguments.</param>
internal sealed class SqlExecutor(ProcessRunner runner, IReadOnlyList<string> command) : IStepExecutor
{
    public const string ExecutorName = "sql";

    public string Name => ExecutorName;

    public Task<ExecutionResult> ExecuteAsync(StepExecution execution, CancellationToken cancellationToken) =>
        command.Count == 0
            ? throw FairleadException.Failed($"Step '{execution.Step.Name}' is a SQL step, and this engine was started without a SQL command; use `run` instead.")
            : runner.RunAsync([.. command, WorkFolder.ScriptName], execution, cancellationToken);
}
