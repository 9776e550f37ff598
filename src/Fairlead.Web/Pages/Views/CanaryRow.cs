using System.Globalization;
using Fairlead.Monitoring.Canaries;
using Fairlead.Statistics.Canary;

namespace Fairlead.Web.Pages.Views;

/// <summary>A look at a canary in a list.</summary>
/// <param name="Look">Such as "2 of 5".</param>
/// <param name="For">Who asked, and the path of its page.</param>
public sealed record CanaryRow(int Number, string Service, string Environment, string Experiment, string Control, StatusView Status, string Score, string Look, FactView? For, TimeView At)
{
    public static CanaryRow Of(CanaryReport report, DateTimeOffset now) => new(
        report.Number,
        report.Service,
        report.Environment,
        report.Experiment.ToString(),
        report.Control.ToString(),
        StatusOf(report.Verdict.Outcome),
        report.Verdict.Score.ToString("0.##", CultureInfo.InvariantCulture),
        $"{report.Verdict.Window.Look} of {report.Verdict.Window.Looks}",
        report.Rollout is { } rollout ? new FactView("Rollout", $"rollout {rollout}, step {(report.Step ?? 0) + 1}", PagePaths.Rollout(rollout))
            : report.Execution is { } execution ? new FactView("Execution", $"execution {execution}, stage {report.Stage}", PagePaths.Execution(execution))
            : null,
        TimeView.Of(report.At, now));

    internal static StatusView StatusOf(CanaryOutcome outcome) => outcome switch
    {
        CanaryOutcome.Pass => new StatusView("good", StatusView.Good),
        CanaryOutcome.Marginal => new StatusView("marginal", StatusView.Bad),
        CanaryOutcome.Fail => new StatusView("bad", StatusView.Bad),
        CanaryOutcome.Nodata => new StatusView("not enough data", StatusView.Quiet),
        _ => throw new ArgumentOutOfRangeException(nameof(outcome), outcome, "unknown outcome"),
    };
}
