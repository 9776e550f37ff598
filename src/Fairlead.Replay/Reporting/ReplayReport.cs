namespace Fairlead.Replay.Reporting;

/// <summary>What came of a replay: how the replayed answers differ from the recorded ones, and which are better where the truth is known.</summary>
public sealed record ReplayReport
{
    public required int Number { get; init; }

    public required string Service { get; init; }

    public required string Environment { get; init; }

    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset Until { get; init; }

    public string? Where { get; init; }

    /// <summary>What scored them again.</summary>
    public required string Target { get; init; }

    /// <summary>Who had answered them, by rows.</summary>
    public required IReadOnlyList<CountedName> RecordedBy { get; init; }

    /// <summary>Predictions in the range, the errors among them included.</summary>
    public required long Selected { get; init; }

    /// <summary>Predictions that have a replayed answer.</summary>
    public required long Replayed { get; init; }

    /// <summary>Why the others have none.</summary>
    public required IReadOnlyList<CountedName> Skipped { get; init; }

    /// <summary>Over all outputs that are recorded and replayed.</summary>
    public required Agreement Agreement { get; init; }

    public required IReadOnlyList<OutputComparison> Outputs { get; init; }

    /// <summary>Those whose answers differ most, worst first.</summary>
    public required IReadOnlyList<WorstRow> Worst { get; init; }

    /// <summary>Null when there is no score to be judged.</summary>
    public ReplayEvaluation? Evaluation { get; init; }

    public required IReadOnlyList<SegmentReport> Segments { get; init; }

    /// <summary>Segments beyond those that are shown.</summary>
    public required int MoreSegments { get; init; }

    public required ReplayTiming Timing { get; init; }

    /// <summary>What a gate reads: flat numbers such as <c>replay.auc</c>, <c>replay.recorded.auc</c>, <c>replay.agreement</c>, <c>replay.diff.p99</c>. What is not known is not in it.</summary>
    public IReadOnlyDictionary<string, double> ToMetrics()
    {
        var metrics = new SortedDictionary<string, double>(StringComparer.Ordinal)
        {
            ["replay.rows"] = Replayed,
            ["replay.skipped"] = Selected - Replayed,
        };
        Add("agreement", Agreement.Share);
        Add("identical", Agreement.IdenticalShare);
        Add("classes.agreement", Evaluation?.ClassAgreement);
        foreach (var output in Outputs)
        {
            var prefix = Outputs.Count(other => other.Differences is not null) == 1 ? "diff" : $"diff.{output.Name}";
            Add($"{prefix}.mean", output.Differences?.Mean);
            Add($"{prefix}.p50", output.Differences?.P50);
            Add($"{prefix}.p99", output.Differences?.P99);
            Add($"{prefix}.max", output.Differences?.MaxAbsolute);
        }

        foreach (var metric in Evaluation?.Metrics ?? [])
        {
            Add(metric.Name, metric.Replayed);
            Add($"recorded.{metric.Name}", metric.Recorded);
            Add($"difference.{metric.Name}", metric.Difference);
            Add($"difference.{metric.Name}.low", metric.Low);
            Add($"difference.{metric.Name}.high", metric.High);
        }

        Add("outcomes", Evaluation?.Outcomes);
        return metrics;

        void Add(string name, double? value)
        {
            if (value is { } number && double.IsFinite(number))
                metrics[$"replay.{name}"] = number;
        }
    }
}
