namespace Fairlead.Domain.Services;

/// <summary>One stage of a chain in the project file: a model or a transform, never both.</summary>
/// <param name="Model">Name of a model of the project.</param>
/// <param name="Transform">Path of a .sql file.</param>
public sealed record ChainStage(string? Model, string? Transform);
