namespace Fairlead.Steps.Workspace;

/// <param name="Error">Standard error, trimmed.</param>
internal sealed record GitOutput(int ExitCode, byte[] Output, string Error);
