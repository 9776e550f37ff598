using System.Text.Json;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Sweeps.Orders;

namespace Fairlead.Sweeps.Running;

/// <summary>A sweep, and how far it is.</summary>
public sealed record SweepRecord
{
    /// <summary>From 1.</summary>
    public required int Number { get; init; }

    public required SweepStatus Status { get; init; }

    public required SweepOrder Order { get; init; }

    /// <summary>The step that measures the objective.</summary>
    public required string Judged { get; init; }

    public required string Metric { get; init; }

    /// <summary>What is tried, in the order's order; a budget is the last.</summary>
    public required IReadOnlyList<TriedParameter> Parameters { get; init; }

    /// <summary>When it began: all trials are of this state, whatever becomes of the work tree.</summary>
    public required CommitState Commit { get; init; }

    /// <summary>What the trials follow from beside the parameters that are tried: it goes on only where these are the same.</summary>
    public required IReadOnlyList<KeyPart> Parts { get; init; }

    /// <summary>Trials that it takes, fewer when some fail.</summary>
    public required int Planned { get; init; }

    public int Done { get; init; }

    public int Failed { get; init; }

    /// <summary>Number of the best trial; null before one succeeded.</summary>
    public int? Best { get; init; }

    public double? BestValue { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? BestValues { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>One sentence, when it failed or was stopped.</summary>
    public string? Error { get; init; }

    /// <summary>The commit by which parameters of it were written into the project file, and of which trial.</summary>
    public Promotion? Promotion { get; init; }
}
