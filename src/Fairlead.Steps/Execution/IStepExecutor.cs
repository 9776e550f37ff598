namespace Fairlead.Steps.Execution;

/// <summary>One way to execute a step.</summary>
internal interface IStepExecutor
{
    /// <summary>Unique among the executors.</summary>
    string Name { get; }

    /// <summary>Executes until the command ends, its timeout passes or cancellation is asked for; afterwards nothing of it runs any more.</summary>
    /// <exception cref="Domain.Problems.FairleadException">Failed when it cannot be started.</exception>
    Task<ExecutionResult> ExecuteAsync(StepExecution execution, CancellationToken cancellationToken);
}
