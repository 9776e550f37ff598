using Fairlead.Monitoring.Experiments;

namespace Fairlead.Web.Pages.Views;

/// <summary>One experiment in the list.</summary>
/// <param name="Finding">What its first metric says, of each treatment.</param>
public sealed record ExperimentRow(
    string Name, StatusView Status, string Service, string Environment, string Arms, string Units, string Finding, bool HasAlarm, TimeView StartedAt, string StartedBy)
{
    public static ExperimentRow Of(Experiment experiment, DateTimeOffset now) => new(
        experiment.Name,
        StatusView.Of(experiment.Status),
        experiment.Design.Service,
        experiment.Design.Environment,
        string.Join(", ", experiment.Design.Arms.Select(arm => $"{arm.ServerGroup} {arm.Share}")),
        PageText.Count(experiment.Report?.Split.Units.Sum() ?? 0),
        experiment.Report is { } report
            ? $"{report.Metrics[0].Name}: {string.Join(", ", report.Metrics[0].Comparisons.Select(comparison => StatusView.Of(comparison.Verdict).Text))}"
            : "–",
        experiment.Report is { Alarms.Count: > 0 },
        TimeView.Of(experiment.StartedAt, now),
        experiment.StartedBy);
}
