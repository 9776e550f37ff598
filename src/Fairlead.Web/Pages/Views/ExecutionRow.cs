using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Web.Pages.Views;

/// <summary>An execution in a list.</summary>
/// <param name="Now">What it does or waits for, or why it ended as it did.</param>
public sealed record ExecutionRow(int Number, string Pipeline, StatusView Status, string Stages, string Now, string By, TimeView CreatedAt)
{
    public static ExecutionRow Of(ExecutionSummary summary, DateTimeOffset now) => new(
        summary.Number,
        summary.Pipeline,
        StatusOf(summary.Status, summary.IsPaused),
        $"{summary.Settled} of {summary.Stages}",
        summary.Stalled ?? (summary.Judging.Count > 0 ? $"judgment of {string.Join(", ", summary.Judging)}" : summary.Active.Count > 0 ? string.Join(", ", summary.Active) : summary.Reason ?? ""),
        $"{summary.Cause.By} ({summary.Cause.Kind}{(summary.Cause.Commit is { Length: > 10 } commit ? $" {summary.Cause.Ref} {commit[..10]}" : "")})",
        TimeView.Of(summary.CreatedAt, now));

    internal static StatusView StatusOf(ExecutionStatus status, bool isPaused) => new(
        isPaused ? "paused" : status == ExecutionStatus.RollingBack ? "rolling back" : status.ToString().ToLowerInvariant(),
        status switch
        {
            ExecutionStatus.Succeeded => StatusView.Good,
            ExecutionStatus.Failed => StatusView.Bad,
            ExecutionStatus.Cancelled or ExecutionStatus.Queued => StatusView.Quiet,
            _ => StatusView.Busy,
        });
}
