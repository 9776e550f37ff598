using Fairlead.Domain.Projects;

namespace Fairlead.Delivery.States;

/// <summary>What the desired state says of the project.</summary>
internal sealed record KnownProject(string Name, IReadOnlyList<EnvironmentDefinition> Environments);
