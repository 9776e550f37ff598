using Fairlead.Domain.Deployments;
using Fairlead.Monitoring.Experiments;
using Fairlead.Monitoring.Experiments.Judging;
using Fairlead.Monitoring.Experiments.Planning;

namespace Fairlead.Web.Tests.Pages;

/// <summary>Experiments for pages.</summary>
internal static class ExperimentSamples
{
    private static readonly ServerGroupName Control = new("late", "prod", 1);
    private static readonly ServerGroupName Treatment = new("late", "prod", 2);

    /// <summary>Without any report.</summary>
    public static Experiment Fresh() => new()
    {
        Name = "fresh",
        Status = ExperimentStatus.Running,
        Design = new ExperimentDesign
        {
            Service = "late",
            Environment = "prod",
            Arms = [new ExperimentArm(Control, new Weight(5000)), new ExperimentArm(Treatment, new Weight(5000))],
            Metrics =
            [
                new ExperimentMetric("clicked", MetricRole.Primary, "avg(outcome.clicked)", null),
                new ExperimentMetric("latency", MetricRole.Guardrail, "avg(latency_us)", new MetricLimit(true, 0.05, true)),
            ],
            MinimumEffect = 0.02,
            Covariate = "avg(outcome.clicked)",
            Hypothesis = PageSamples.Hostile,
        },
        Plan = new ExperimentPlan
        {
            HistoryDays = 14,
            HistoryUnits = 14_000,
            UnitsPerDay = 1000,
            WithoutUnit = 0,
            PlannedUnits = 20_000,
            Metrics = [new MetricPlan { Metric = "clicked", Units = 14_000, Mean = 0.3, StandardDeviation = 0.4, SequentialUnits = 40_000, SequentialDays = 40, FixedUnits = 20_000, FixedDays = 20 }],
        },
        StartedAt = PageSamples.Now.AddDays(-2),
        StartedBy = "ada",
    };

    /// <summary>With a report, an alarm and two days of history.</summary>
    public static Experiment Running() => Fresh() with
    {
        Name = "calmer",
        Report = new ExperimentReport
        {
            At = PageSamples.Now.AddMinutes(-1),
            Split = new SplitReport([1000, 1010], [0.5, 0.5], 1, 0.82, false),
            Crossed = 3,
            Predictions = 4000,
            WithoutUnit = 12,
            Unassigned = 0,
            Alarms = ["Something is wrong."],
            Metrics =
            [
                new MetricReport("clicked", MetricRole.Primary, 0.05, 0.31, Arms(), [Comparison(MetricVerdict.Higher)]),
                new MetricReport("latency", MetricRole.Guardrail, 0.05, 0, Arms(), [Comparison(MetricVerdict.Kept) with { ExcessLow = -30, ExcessHigh = -2 }]),
            ],
        },
        History =
        [
            .. Enumerable.Range(1, 48).Select(hour => new ExperimentPoint(
                PageSamples.Now.AddHours(hour - 48), "clicked", Treatment, hour * 40, 0.04, 0.04 - (0.3 / Math.Sqrt(hour)), 0.04 + (0.3 / Math.Sqrt(hour)), 0.2)),
        ],
    };

    private static ArmReport[] Arms() => [new ArmReport(Control, 990, 0.30, 0.01), new ArmReport(Treatment, 1002, 0.33, 0.01)];

    private static ComparisonReport Comparison(MetricVerdict verdict) => new()
    {
        Treatment = Treatment,
        Difference = 0.03,
        Low = 0.002,
        High = 0.058,
        Lift = 0.1,
        LiftLow = 0.0066,
        LiftHigh = 0.1934,
        PValue = 0.0312,
        FixedLow = 0.011,
        FixedHigh = 0.049,
        FixedPValue = 0.004,
        Verdict = verdict,
    };
}
