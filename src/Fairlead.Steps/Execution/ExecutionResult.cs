namespace Fairlead.Steps.Execution;

/// <param name="LastLines">The end of the log.</param>
internal sealed record ExecutionResult(ExecutionEnd End, ProcessExit Exit, IReadOnlyList<string> LastLines);
