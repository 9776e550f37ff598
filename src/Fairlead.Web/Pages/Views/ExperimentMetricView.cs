using Fairlead.Monitoring.Experiments;
using Fairlead.Monitoring.Experiments.Judging;

namespace Fairlead.Web.Pages.Views;

/// <summary>One metric of an experiment: its arms, and how the intervals closed in.</summary>
/// <param name="Id">Of its heading, unique on the page.</param>
/// <param name="Note">What else is to be known, or null.</param>
/// <param name="Charts">One for each treatment with a history.</param>
public sealed record ExperimentMetricView(
    string Id, string Name, string Role, string Expression, string? Note, IReadOnlyList<ExperimentArmRow> Arms, IReadOnlyList<ChartView> Charts)
{
    public static ExperimentMetricView Of(Experiment experiment, MetricReport report, int index)
    {
        var metric = experiment.Design.Metrics.First(candidate => candidate.Name == report.Name);
        return new ExperimentMetricView(
            $"metric-{index}",
            report.Name,
            metric.Limit is null ? metric.Role.ToString().ToLowerInvariant() : $"guardrail {metric.Limit}",
            metric.Expression,
            report.VarianceReduction is { } share ? $"The covariate takes {share * 100:0.#} % off the variance." : null,
            [.. report.Arms.Select(arm => RowOf(arm, report))],
            [.. experiment.Design.Treatments.Select(arm => ChartOf(experiment, report, arm.ServerGroup)).OfType<ChartView>()]);
    }

    private static ExperimentArmRow RowOf(ArmReport arm, MetricReport report)
    {
        var comparison = report.Comparisons.FirstOrDefault(candidate => candidate.Treatment == arm.ServerGroup);
        var mean = arm.Mean is { } value ? PageText.Number(value) + (arm.StandardError is { } error ? $" ± {error:G2}" : "") : "–";
        if (comparison is null)
            return new ExperimentArmRow(arm.ServerGroup.ToString(), PageText.Count(arm.Units), mean, "", "", "", "", null);
        var isLift = comparison.Lift is not null;
        return new ExperimentArmRow(
            arm.ServerGroup.ToString(),
            PageText.Count(arm.Units),
            mean,
            isLift ? PageText.Change(comparison.Lift) : Number(comparison.Difference),
            isLift ? $"{PageText.Change(comparison.LiftLow)} … {PageText.Change(comparison.LiftHigh)}" : $"{Number(comparison.Low)} … {Number(comparison.High)}",
            PageText.PValue(comparison.PValue),
            comparison.FixedLow is null ? "–" : $"{Number(comparison.FixedLow)} … {Number(comparison.FixedHigh)}",
            StatusView.Of(comparison.Verdict));
    }

    private static ChartView? ChartOf(Experiment experiment, MetricReport report, Domain.Deployments.ServerGroupName treatment)
    {
        var points = experiment.History.Where(point => point.Metric == report.Name && point.Treatment == treatment).ToList();
        var isLift = report.Comparisons.First(comparison => comparison.Treatment == treatment).Lift is not null;
        return ChartView.Of(
            $"{report.Name} of {treatment} against {experiment.Design.Control.ServerGroup} over time: the {(isLift ? "change in percent" : "difference")} with its always-valid interval",
            [.. points.Select(point => new ChartPoint(point.At, point.Estimate, point.Low, point.High))],
            value => isLift ? PageText.Change(value) : PageText.Number(value),
            reference: 0);
    }

    private static string Number(double? number) => number is { } value ? PageText.Number(value) : "–";
}
