namespace Fairlead.Domain.Pipelines;

/// <summary>Stages that pipelines use under one name.</summary>
/// <param name="Name">With its version, such as <c>careful@2</c>.</param>
public sealed record StageTemplate(string Name)
{
    public string? Description { get; init; }

    public IReadOnlyList<PipelineInput> Parameters { get; init; } = [];

    public required IReadOnlyList<StageDefinition> Stages { get; init; }
}
