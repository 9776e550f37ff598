using Fairlead.Domain.Runs;

namespace Fairlead.Web.Pages.Views;

/// <summary>A run in the list of runs.</summary>
/// <param name="Values">Of the columns of the list, in their order; null where the run has none.</param>
/// <param name="IsUnsteady">Its step does not make the same twice.</param>
public sealed record RunListRow(
    string Id, string? Variant, StatusView Status, TimeView StartedAt, string Duration, CommitView Commit, IReadOnlyList<string> Tags, bool IsUnsteady, IReadOnlyList<string?> Values)
{
    public static RunListRow Of(Run run, IReadOnlyList<RunColumn> columns, DateTimeOffset now) => new(
        run.Id.ToString(),
        run.Variant,
        StatusView.Of(run.Status),
        TimeView.Of(run.StartedAt, now),
        PageText.Duration((run.FinishedAt ?? now) - run.StartedAt),
        CommitView.Of(run.Commit),
        [.. (run.Annotations ?? RunAnnotations.None).Tags.Select(tag => tag.Name)],
        run.Annotations is { IsUnsteady: true },
        [.. columns.Select(column => column.ValueOf(run))]);
}
