namespace Fairlead.Domain.Pipelines;

/// <summary>A delivery process as the project file declares it.</summary>
public sealed record PipelineDefinition
{
    public required string Name { get; init; }

    public string? Description { get; init; }

    /// <summary>What begins an execution, beside a person who asks for one.</summary>
    public IReadOnlyList<PipelineTrigger> Triggers { get; init; } = [];

    public IReadOnlyList<PipelineInput> Inputs { get; init; } = [];

    public PipelineConcurrency Concurrency { get; init; } = PipelineConcurrency.Queue;

    /// <summary>Names that no two executions, of whichever pipelines, hold at the same time.</summary>
    public IReadOnlyList<string> Locks { get; init; } = [];

    /// <summary>In file order.</summary>
    public required IReadOnlyList<StageDefinition> Stages { get; init; }
}
