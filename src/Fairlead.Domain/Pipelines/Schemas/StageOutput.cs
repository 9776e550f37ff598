namespace Fairlead.Domain.Pipelines.Schemas;

/// <param name="Name">Within the stage's output, with dots.</param>
public sealed record StageOutput(string Name, string Description);
