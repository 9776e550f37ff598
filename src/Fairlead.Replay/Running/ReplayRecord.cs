using Fairlead.Domain.Artifacts;
using Fairlead.Replay.Orders;
using Fairlead.Replay.Planning;
using Fairlead.Replay.Reporting;
using Fairlead.Replay.Targets;

namespace Fairlead.Replay.Running;

/// <summary>One replay as the catalog keeps it.</summary>
public sealed record ReplayRecord
{
    public required int Number { get; init; }

    public required ReplayStatus Status { get; init; }

    public required ReplayOrder Order { get; init; }

    public required ReplayTarget Target { get; init; }

    public required ReplayPlan Plan { get; init; }

    /// <summary>Bounds and expressions that the answers are judged by.</summary>
    public required ReplayJudging Judging { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>Spent scoring, over all attempts that came to an end.</summary>
    public double Seconds { get; init; }

    /// <summary>Why it failed or stopped.</summary>
    public string? Error { get; init; }

    /// <summary>The report, when it succeeded.</summary>
    public ArtifactRef? Report { get; init; }

    /// <summary>A tree of Parquet files with a row for each replayed prediction, when it succeeded.</summary>
    public ArtifactRef? Rows { get; init; }

    /// <summary>What gates read, such as <c>replay.auc</c>; empty until it succeeded.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } = new Dictionary<string, double>();
}
