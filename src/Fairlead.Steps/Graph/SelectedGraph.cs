using Fairlead.Domain.Projects;

namespace Fairlead.Steps.Graph;

/// <param name="Steps">Each after what it needs, a matrix in its variants.</param>
internal sealed record SelectedGraph(IReadOnlyList<StepDefinition> Steps, StepLinks Links);
