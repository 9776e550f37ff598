using Fairlead.Domain.Deployments;
using Fairlead.Domain.Projects;

namespace Fairlead.Delivery.Environments;

/// <summary>An environment as the project file has it, and what runs there.</summary>
/// <param name="Live">Server groups that take traffic, by name.</param>
public sealed record EnvironmentReport(EnvironmentDefinition Environment, IReadOnlyList<ServerGroup> Live);
