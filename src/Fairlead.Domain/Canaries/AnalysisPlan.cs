using Fairlead.Domain.Projects;

namespace Fairlead.Domain.Canaries;

/// <summary>What is judged and how, as the project file said it when a canary began: what the file says later does not matter to it.</summary>
public sealed record AnalysisPlan
{
    public AnalysisDefinition Definition { get => field ?? new AnalysisDefinition(); init; }

    /// <summary>In the order in which they were asked for.</summary>
    public IReadOnlyList<MetricDefinition> Metrics { get => field ?? []; init; }

    /// <summary>Those that metrics are taken from.</summary>
    public IReadOnlyList<KpiDefinition> Kpis { get => field ?? []; init; }

    /// <summary>Between looks; null for one look at the end.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>Between two points.</summary>
    public TimeSpan Step { get; init; } = TimeSpan.FromMinutes(1);
}
