using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Execution;

/// <summary>What an execution that cannot have succeeded came to.</summary>
internal sealed record ExecutionVerdict(RunStatus Status, string Error)
{
    /// <summary>Null when the command ended with code 0, so that its outputs decide.</summary>
    public static ExecutionVerdict? Of(StepDefinition step, ExecutionResult result) => result switch
    {
        { End: ExecutionEnd.Cancelled } => new ExecutionVerdict(RunStatus.Cancelled, CancelledMessage(step)),
        { End: ExecutionEnd.TimedOut } => new ExecutionVerdict(
            RunStatus.TimedOut,
            $"Step '{step.Name}' ran longer than its timeout of {step.Timeout} and was ended; raise `timeout` or make it faster{Tail(result)}"),
        { Breach: { } breach } when breach.IsCertain || result.Exit.Code != 0 => new ExecutionVerdict(
            RunStatus.Failed,
            $"Step '{step.Name}' {breach.Clause}; {breach.Cure}{Tail(result)}"),
        { Exit.Signal: { } signal } => new ExecutionVerdict(
            RunStatus.Failed,
            $"Step '{step.Name}' was ended by signal {signal}{(signal == Libc.SigKill ? ", perhaps because memory ran out" : "")}{Tail(result)}"),
        { Exit.Code: not 0 and var code } => new ExecutionVerdict(RunStatus.Failed, $"Step '{step.Name}' ended with exit code {code}{Tail(result)}"),
        _ => null,
    };

    public static string CancelledMessage(StepDefinition step) => $"Step '{step.Name}' was cancelled.";

    private static string Tail(ExecutionResult result) =>
        result.LastLines.Count == 0 ? "; it wrote nothing." : $"; its log ends:\n{string.Join('\n', result.LastLines)}";
}
