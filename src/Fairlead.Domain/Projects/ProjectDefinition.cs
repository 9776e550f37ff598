using Fairlead.Domain.Canaries;
using Fairlead.Domain.Pipelines;

namespace Fairlead.Domain.Projects;

/// <summary>The project file, read and checked: every reference in it resolves.</summary>
public sealed record ProjectDefinition
{
    public required string Name { get; init; }

    public string? Owner { get; init; }

    public string? Brief { get; init; }

    /// <summary>In file order, as all lists here.</summary>
    public IReadOnlyList<DatasetDefinition> Datasets { get; init; } = [];

    public IReadOnlyList<StepDefinition> Steps { get; init; } = [];

    public IReadOnlyList<ModelDefinition> Models { get; init; } = [];

    public IReadOnlyList<ServiceDefinition> Services { get; init; } = [];

    public IReadOnlyList<EnvironmentDefinition> Environments { get; init; } = [];

    public IReadOnlyList<KpiDefinition> Kpis { get; init; } = [];

    public IReadOnlyList<AlertDefinition> Alerts { get; init; } = [];

    /// <summary>Metrics of canaries: the project's own, and how others are judged.</summary>
    public IReadOnlyList<MetricDefinition> Metrics { get; init; } = [];

    /// <summary>Null when canaries are judged in the usual way.</summary>
    public AnalysisDefinition? Analysis { get; init; }

    /// <summary>Null when alerts are only logged and shown.</summary>
    public NotifyDefinition? Notify { get; init; }

    /// <summary>Null when lineage is told only to who asks.</summary>
    public LineageDefinition? Lineage { get; init; }

    /// <summary>Null when artifacts stay on this machine.</summary>
    public StoreDefinition? Store { get; init; }

    public IReadOnlyList<PipelineDefinition> Pipelines { get; init; } = [];

    /// <summary>Stages that pipelines use by name and version.</summary>
    public IReadOnlyList<StageTemplate> Templates { get; init; } = [];
}
