namespace Fairlead.Domain.Projects;

/// <summary>One input of a step: a dataset, or an output of another step.</summary>
/// <param name="Name">The name in <c>in/</c>.</param>
/// <param name="Dataset">Set when the source is <c>dataset:NAME</c>.</param>
/// <param name="Step">Set when the source is <c>STEP/OUTPUT</c>.</param>
/// <param name="Output">The output of <paramref name="Step"/>.</param>
public sealed record StepInput(string Name, string? Dataset, string? Step, string? Output)
{
    /// <summary>As written in the project file.</summary>
    public string Source => Dataset is not null ? $"dataset:{Dataset}" : $"{Step}/{Output}";
}
