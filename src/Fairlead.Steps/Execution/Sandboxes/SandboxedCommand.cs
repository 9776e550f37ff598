namespace Fairlead.Steps.Execution.Sandboxes;

/// <summary>How the first process of a sandboxed step is started.</summary>
/// <param name="End">Ends what is not a descendant of that process, and tells what it used; null when there is no such thing.</param>
internal sealed record SandboxedCommand(ProcessStart Start, Func<Task<ContainerEnd>>? End = null);
