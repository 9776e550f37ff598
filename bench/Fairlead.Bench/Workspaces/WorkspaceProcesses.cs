namespace Fairlead.Bench.Workspaces;

/// <summary>Process ids.</summary>
internal sealed record WorkspaceProcesses(int Control, int Host);
