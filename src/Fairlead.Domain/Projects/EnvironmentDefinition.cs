namespace Fairlead.Domain.Projects;

public sealed record EnvironmentDefinition(string Name);
