namespace Fairlead.Domain.Projects;

/// <summary>One input of a step: a dataset, or an output of another step.</summary>
/// <param name="Name">The name in <c>in/</c>.</param>
/// <param name="Dataset">Set when the source is <c>dataset:NAME</c>.</param>
/// <param name="Step">
/// Set when the source is <c>STEP/OUTPUT</c>. As the project file has it, with brackets where it picks variants (<c>train[*]</c>); in a graph the name of
/// a step or of one variant, unless <see cref="FanIn"/> is set.
/// </param>
/// <param name="Output">The output of <paramref name="Step"/>.</param>
public sealed record StepInput(string Name, string? Dataset, string? Step, string? Output)
{
    /// <summary>In a graph: the variants that are read together, in their order, each found at <c>in/NAME/VARIANT</c>. Empty for every other input.</summary>
    public IReadOnlyList<StepVariant> FanIn { get; init; } = [];

    /// <summary>The name of the step in the project file, whatever the brackets; null when the source is a dataset.</summary>
    public string? Family => Step?.Split('[')[0];

    /// <summary>As written in the project file.</summary>
    public string Source => Dataset is not null ? $"dataset:{Dataset}" : $"{Step}/{Output}";
}
