using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Web.Pages.Views;

/// <summary>A stage of an execution.</summary>
/// <param name="Judgments">What people said, a line each.</param>
public sealed record ExecutionStageRow(string Name, string Anchor, string Kind, StatusView Status, string Attempt, string Took, string Note, IReadOnlyList<string> Judgments)
{
    private const int LongestOutput = 300;

    public static ExecutionStageRow Of(StageDefinition definition, StageState stage, DateTimeOffset now) => new(
        stage.Name,
        $"stage-{stage.Name}",
        definition.Kind,
        StatusOf(stage.Status),
        stage.Attempt > 0 ? $"{stage.Attempt}" : "",
        stage.StartedAt is { } start ? ((stage.FinishedAt ?? now) - start).ToString(@"d\.hh\:mm\:ss").Replace("0.", "", StringComparison.Ordinal) : "",
        string.Join(' ', new[] { stage.Error, stage.Note, stage.Undo is { } undo ? $"Undone: {undo.Status.ToString().ToLowerInvariant()} {undo.Error}" : null, Output(stage) }.Where(text => text is not null)),
        [.. stage.Signals.Select(signal => $"{signal.By}, {signal.Name}: {signal.Data.GetRawText()}")]);

    private static string? Output(StageState stage) =>
        stage.Output?.GetRawText() is not { } text ? null : text.Length <= LongestOutput ? text : text[..LongestOutput] + "…";

    private static StatusView StatusOf(StageStatus status) => new(status.ToString().ToLowerInvariant(), status switch
    {
        StageStatus.Succeeded => StatusView.Good,
        StageStatus.Failed => StatusView.Bad,
        StageStatus.Running or StageStatus.Judging or StageStatus.Retrying => StatusView.Busy,
        _ => StatusView.Quiet,
    });
}
