using Fairlead.Triggers.Running;

namespace Fairlead.Web.Pages.Views;

/// <summary>A trigger in the list.</summary>
/// <param name="Problem">What it fails with, who paused it, or why nothing came of its last firing.</param>
public sealed record TriggerRow(string Name, string Kind, StatusView Status, TimeView? LastLook, TimeView? LastFired, int? Execution, TimeView? Next, string Problem)
{
    public static TriggerRow Of(TriggerReport report, DateTimeOffset now) => new(
        report.Name,
        report.Kind,
        new StatusView(report.Status.ToString().ToLowerInvariant(), report.Status switch
        {
            TriggerStatus.Active => StatusView.Good,
            TriggerStatus.Failing => StatusView.Bad,
            _ => StatusView.Quiet,
        }),
        At(report.LastLook, now),
        At(report.LastFired, now),
        report.LastExecution,
        At(report.Next, now) is { } next ? next with { Relative = Until(report.Next!.Value - now) } : null,
        report.PausedBy is { } by ? $"paused by {by}" : report.Problem ?? "");

    private static string Until(TimeSpan span) => span < TimeSpan.FromMinutes(1) ? "soon" : $"in {PageText.Duration(span)}";

    private static TimeView? At(DateTimeOffset? at, DateTimeOffset now) => at is { } known ? TimeView.Of(known, now) : null;
}
