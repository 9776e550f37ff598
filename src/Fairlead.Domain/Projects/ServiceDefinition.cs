namespace Fairlead.Domain.Projects;

/// <param name="Model">Name of the model that the built-in engine serves.</param>
public sealed record ServiceDefinition(string Name, string Model, CaptureDurability Durability = CaptureDurability.Relaxed);
