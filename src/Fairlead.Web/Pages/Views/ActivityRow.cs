using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Web.Pages.Views;

/// <summary>One thing that an execution did, or does now.</summary>
/// <param name="EndedAt">Null while it runs.</param>
public sealed record ActivityRow(string Stage, string Name, StatusView Status, TimeView? StartedAt, TimeView? EndedAt, string Output)
{
    private const int Longest = 200;

    /// <summary>Of the present attempts, in the order in which they ended; what runs comes last.</summary>
    public static IReadOnlyList<ActivityRow> Of(ExecutionState state, DateTimeOffset now)
    {
        var done = state.Stages.SelectMany(stage => stage.Done.Select(record => (Stage: stage.Name, Record: record))).OrderBy(pair => pair.Record.FinishedAt)
            .Select(pair => new ActivityRow(pair.Stage, pair.Record.Name, new StatusView("done", StatusView.Good), null, TimeView.Of(pair.Record.FinishedAt, now), OutputOf(pair.Record)));
        var running = state.Stages.SelectMany(stage => new[] { stage.Activity, stage.Undo?.Activity }.OfType<ActivityState>().Select(activity => (Stage: stage.Name, Activity: activity)))
            .Select(pair => new ActivityRow(pair.Stage, pair.Activity.Name, new StatusView("running", StatusView.Busy), TimeView.Of(pair.Activity.StartedAt, now), null, ""));
        return [.. done, .. running];
    }

    // Evidence has a page of its own.
    private static string OutputOf(ActivityRecord record) =>
        record.Name == "evidence" || record.Output?.GetRawText() is not { } text ? "" : text.Length <= Longest ? text : text[..Longest] + "…";
}
