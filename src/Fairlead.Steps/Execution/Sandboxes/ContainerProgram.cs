namespace Fairlead.Steps.Execution.Sandboxes;

/// <summary>The program that runs containers here.</summary>
/// <param name="Name">As it is started.</param>
/// <param name="Version">Of the part that runs them.</param>
internal sealed record ContainerProgram(string Name, string Version, bool IsPodman);
