namespace Fairlead.Domain.Projects;

/// <param name="Step">The step that makes the model.</param>
/// <param name="Output">The output of that step that is the model file.</param>
public sealed record ModelDefinition(string Name, string Step, string Output);
