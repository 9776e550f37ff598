using Fairlead.Replay.Running;

namespace Fairlead.Web.Pages.Views;

/// <summary>A replay in a list.</summary>
/// <param name="Agreement">Share of rows that agree, or why there is none.</param>
public sealed record ReplayRow(string Number, string Service, string Environment, string Target, StatusView Status, string Rows, string Agreement, TimeView StartedAt)
{
    public static ReplayRow Of(ReplayRecord record, DateTimeOffset now) => new(
        record.Number.ToString(System.Globalization.CultureInfo.InvariantCulture),
        record.Order.Service,
        record.Order.From,
        record.Target.Label,
        StatusOf(record.Status),
        PageText.Count(record.Plan.Rows),
        record.Metrics.TryGetValue("replay.agreement", out var share) ? ReplayView.Percent(share) : record.Error ?? "–",
        TimeView.Of(record.StartedAt, now));

    internal static StatusView StatusOf(ReplayStatus status) => new(status.ToString().ToLowerInvariant(), status switch
    {
        ReplayStatus.Succeeded => StatusView.Good,
        ReplayStatus.Running => StatusView.Busy,
        ReplayStatus.Failed => StatusView.Bad,
        _ => StatusView.Quiet,
    });
}
