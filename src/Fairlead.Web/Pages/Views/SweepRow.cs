using Fairlead.Sweeps.Orders;
using Fairlead.Sweeps.Running;

namespace Fairlead.Web.Pages.Views;

/// <summary>A sweep in a list.</summary>
/// <param name="Objective">Such as "maximize evaluate.auc".</param>
/// <param name="Best">Of the objective; a dash before there is one.</param>
public sealed record SweepRow(int Number, string Step, string Search, string Objective, StatusView Status, string Trials, string Failed, string Best, string Values, TimeView StartedAt)
{
    public static SweepRow Of(SweepRecord sweep, DateTimeOffset now) => new(
        sweep.Number,
        sweep.Order.Step,
        sweep.Order.Search,
        $"{(sweep.Order.Goal == SweepGoal.Maximize ? "maximize" : "minimize")} {sweep.Judged}.{sweep.Metric}",
        StatusOf(sweep.Status),
        $"{PageText.Count(sweep.Done)} of {PageText.Count(sweep.Planned)}",
        PageText.Count(sweep.Failed),
        sweep.BestValue is { } value ? PageText.Number(value) : "–",
        sweep.BestValues is { } values ? string.Join(", ", values.Select(pair => $"{pair.Key} {PageText.Value(pair.Value)}")) : "",
        TimeView.Of(sweep.StartedAt, now));

    private static StatusView StatusOf(SweepStatus status) => new(status.ToString().ToLowerInvariant(), status switch
    {
        SweepStatus.Succeeded => StatusView.Good,
        SweepStatus.Running => StatusView.Busy,
        SweepStatus.Failed => StatusView.Bad,
        _ => StatusView.Quiet,
    });
}
