using Fairlead.Domain.Pipelines;

namespace Fairlead.Pipelines.Planning;

/// <summary>What there is to execute.</summary>
/// <param name="Stages">Names, in file order.</param>
/// <param name="Triggers">Kinds.</param>
public sealed record PipelineOverview(string Name, string? Description, IReadOnlyList<PipelineInput> Inputs, IReadOnlyList<string> Stages, IReadOnlyList<string> Triggers)
{
    public static PipelineOverview Of(PipelineDefinition pipeline) =>
        new(pipeline.Name, pipeline.Description, pipeline.Inputs, [.. pipeline.Stages.Select(stage => stage.Name)], [.. pipeline.Triggers.Select(trigger => trigger.Kind)]);
}
