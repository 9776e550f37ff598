using Fairlead.Domain.Identity;

namespace Fairlead.Pipelines.Planning;

/// <summary>What somebody must be allowed in order to move an execution.</summary>
/// <param name="Environment">Where; null means in the whole project.</param>
/// <param name="Stage">One that asks for it.</param>
public sealed record NeededRight(Role Role, string? Environment, string Stage);
