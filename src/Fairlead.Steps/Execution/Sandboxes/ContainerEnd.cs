namespace Fairlead.Steps.Execution.Sandboxes;

/// <param name="IsOutOfMemory">The system ended it, or something in it, because its memory was used up.</param>
internal sealed record ContainerEnd(bool IsOutOfMemory);
