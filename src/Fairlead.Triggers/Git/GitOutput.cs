namespace Fairlead.Triggers.Git;

/// <param name="Error">Standard error, trimmed.</param>
internal sealed record GitOutput(int ExitCode, string Output, string Error);
