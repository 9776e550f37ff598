using System.Globalization;
using Fairlead.Monitoring.Experiments;
using Fairlead.Monitoring.Experiments.Judging;
using Fairlead.Monitoring.Experiments.Planning;

namespace Fairlead.Web.Pages.Views;

/// <summary>One experiment: what is compared, how it stands, and what was planned.</summary>
public sealed record ExperimentView
{
    public required string Name { get; init; }

    public required StatusView Status { get; init; }

    public required string? Hypothesis { get; init; }

    public required TimeView StartedAt { get; init; }

    public required string StartedBy { get; init; }

    /// <summary>How it ended, in a sentence; null while it runs.</summary>
    public required string? End { get; init; }

    public required string? Decision { get; init; }

    /// <summary>When the numbers were taken; null before the first.</summary>
    public required TimeView? MeasuredAt { get; init; }

    public required IReadOnlyList<AlarmView> Alarms { get; init; }

    public required IReadOnlyList<ExperimentMetricView> Metrics { get; init; }

    /// <summary>Who took part, and who did not.</summary>
    public required IReadOnlyList<FactView> Units { get; init; }

    public required IReadOnlyList<FactView> Design { get; init; }

    public required IReadOnlyList<FactView> Plan { get; init; }

    public static ExperimentView Of(Experiment experiment, DateTimeOffset now) => new()
    {
        Name = experiment.Name,
        Status = StatusView.Of(experiment.Status),
        Hypothesis = experiment.Design.Hypothesis,
        StartedAt = TimeView.Of(experiment.StartedAt, now),
        StartedBy = experiment.StartedBy,
        End = experiment.EndedAt is { } ended ? $"Ended {TimeView.Of(ended, now).Text} by {experiment.EndedBy ?? "nobody"}: {experiment.Reason ?? $"all traffic to {experiment.Kept}"}." : null,
        Decision = experiment.Decision,
        MeasuredAt = experiment.Report is { } report ? TimeView.Of(report.At, now) : null,
        Alarms = [.. (experiment.Report?.Alarms ?? []).Select(alarm => new AlarmView(alarm, true))],
        Metrics = [.. (experiment.Report?.Metrics ?? []).Select((metric, i) => ExperimentMetricView.Of(experiment, metric, i))],
        Units = experiment.Report is null ? [] : UnitsOf(experiment.Design, experiment.Report),
        Design = DesignOf(experiment.Design),
        Plan = PlanOf(experiment.Plan),
    };

    private static List<FactView> UnitsOf(ExperimentDesign design, ExperimentReport report) =>
    [
        .. design.Arms.Select((arm, i) => new FactView(arm.ServerGroup.ToString(), $"{PageText.Count(report.Split.Units[i])} units of {arm.Share}")),
        new FactView("Split as promised", $"p = {PageText.PValue(report.Split.PValue)} at any time, {PageText.PValue(report.Split.FixedPValue)} at this look"),
        new FactView("In several arms", $"{PageText.Count(report.Crossed)} units, left out"),
        new FactView("Without a unit", $"{PageText.Count(report.WithoutUnit)} of {PageText.Count(report.Predictions)} predictions, left out"),
        new FactView("Named a version", $"{PageText.Count(report.Unassigned)} predictions, left out"),
    ];

    private static List<FactView> DesignOf(ExperimentDesign design) =>
    [
        new FactView("Service", $"{design.Service} in {design.Environment}"),
        new FactView("Control", $"{design.Control.ServerGroup}, {design.Control.Share}"),
        .. design.Treatments.Select(arm => new FactView("Treatment", $"{arm.ServerGroup}, {arm.Share}")),
        new FactView("Covariate", design.Covariate ?? "none"),
        new FactView("Level", $"{Text(design.Alpha)}, {Text(design.ComparisonAlpha)} for each comparison of a primary metric"),
        new FactView("Power", Text(design.Power)),
        new FactView("Least change that matters", design.MinimumEffect is { } effect ? PageText.Change(effect) : "not said"),
        new FactView("Planned", $"{Text(design.Days)} days"),
    ];

    private static List<FactView> PlanOf(ExperimentPlan plan) => plan.HistoryUnits == 0
        ? []
        :
        [
            new FactView("Units a day", $"{PageText.Count((long)plan.UnitsPerDay)}, by {PageText.Count(plan.HistoryUnits)} in {plan.HistoryDays.ToString("0.#", CultureInfo.InvariantCulture)} days"),
            .. plan.Metrics.Select(metric => new FactView(
                metric.Metric,
                $"mean {PageText.Number(metric.Mean)}, deviation {PageText.Number(metric.StandardDeviation)}; "
                + (metric.SequentialDays is { } days ? $"{days.ToString("0.#", CultureInfo.InvariantCulture)} days ({PageText.Count((long)metric.SequentialUnits!.Value)} units) to find it" : $"finds {PageText.Change(metric.SequentialEffect)} in the time planned"))),
        ];

    private static string Text(double number) => number.ToString("0.######", CultureInfo.InvariantCulture);
}
