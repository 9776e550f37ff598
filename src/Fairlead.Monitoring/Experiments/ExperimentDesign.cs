namespace Fairlead.Monitoring.Experiments;

/// <summary>What is compared, and how; fixed before the first unit is assigned.</summary>
public sealed record ExperimentDesign
{
    public const double DefaultAlpha = 0.05;
    public const double DefaultPower = 0.8;
    public const double DefaultDays = 14;

    public required string Service { get; init; }

    public required string Environment { get; init; }

    /// <summary>The control first, then at least one treatment; shares above none that sum to 100 %.</summary>
    public required IReadOnlyList<ExperimentArm> Arms { get; init; }

    /// <summary>Primary ones first, then secondary ones, then guardrails; at least one is primary.</summary>
    public required IReadOnlyList<ExperimentMetric> Metrics { get; init; }

    /// <summary>An SQL aggregate over the unit's predictions before the start, which takes variance out of all metrics; or null.</summary>
    public string? Covariate { get; init; }

    /// <summary>Probability of finding any difference in the primary metrics when there is none.</summary>
    public double Alpha { get; init; } = DefaultAlpha;

    /// <summary>Probability of finding the minimum effect when it is there.</summary>
    public double Power { get; init; } = DefaultPower;

    /// <summary>The least change of the primary metrics that matters, as a share of the control; null when nobody said.</summary>
    public double? MinimumEffect { get; init; }

    /// <summary>How long it is meant to run.</summary>
    public double Days { get; init; } = DefaultDays;

    public string? Hypothesis { get; init; }

    public ExperimentArm Control => Arms[0];

    public IEnumerable<ExperimentArm> Treatments => Arms.Skip(1);

    /// <summary>Level of one comparison of one primary metric (Bonferroni).</summary>
    public double ComparisonAlpha => Alpha / (Metrics.Count(metric => metric.Role == MetricRole.Primary) * (Arms.Count - 1));
}
