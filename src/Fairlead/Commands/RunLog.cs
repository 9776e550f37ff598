namespace Fairlead.Commands;

/// <summary>The log of a run, for programs.</summary>
internal sealed record RunLog(string Run, string Log);
