namespace Fairlead.Contracts.Compilation;

/// <param name="Error">What it wrote to standard error.</param>
internal sealed record ProtocRun(int ExitCode, string Error);
