namespace Fairlead.Domain.Pipelines.Activities;

/// <param name="ExitCode">128 and the signal's number when it was ended by one.</param>
/// <param name="Log">The last lines that it printed.</param>
/// <param name="Output">What it wrote to its output file; null for nothing.</param>
public sealed record ScriptEnd(int ExitCode, string Log, string? Output);
