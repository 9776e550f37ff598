using Fairlead.Domain.Runs;

namespace Fairlead.Web.Pages.Views;

/// <summary>A run in a list.</summary>
public sealed record RunRow(string Id, StatusView Status, string Metrics, CommitView Commit, string Duration, TimeView StartedAt, string StartedBy)
{
    private const int ShownMetrics = 3;

    public static RunRow Of(Run run, DateTimeOffset now) => new(
        run.Id.ToString(),
        StatusView.Of(run.Status),
        string.Join(", ", run.Metrics.OrderBy(metric => metric.Key, StringComparer.Ordinal).Take(ShownMetrics).Select(metric => $"{metric.Key} {PageText.Number(metric.Value)}")),
        CommitView.Of(run.Commit),
        PageText.Duration((run.FinishedAt ?? now) - run.StartedAt),
        TimeView.Of(run.StartedAt, now),
        run.StartedBy);
}
