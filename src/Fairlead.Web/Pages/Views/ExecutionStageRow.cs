using System.Text.Json;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Web.Pages.Views;

/// <summary>A stage of an execution.</summary>
/// <param name="Judgments">What people said, a line each.</param>
public sealed record ExecutionStageRow(string Name, string Anchor, string Kind, StatusView Status, string Attempt, string Took, string Note, IReadOnlyList<string> Judgments)
{
    /// <summary>Path of its judgment; null for a stage that asks nobody, or has not yet.</summary>
    public string? Judgment { get; init; }

    private const int LongestOutput = 300;
    private const int MostMembers = 8;

    public static ExecutionStageRow Of(int execution, StageDefinition definition, StageState stage, DateTimeOffset now) => new(
        stage.Name,
        $"stage-{stage.Name}",
        definition.Kind,
        StatusOf(stage.Status),
        stage.Attempt > 0 ? $"{stage.Attempt}" : "",
        stage.StartedAt is { } start ? ((stage.FinishedAt ?? now) - start).ToString(@"d\.hh\:mm\:ss").Replace("0.", "", StringComparison.Ordinal) : "",
        string.Join(' ', new[] { stage.Error, stage.Note, stage.Undo is { } undo ? $"Undone: {undo.Status.ToString().ToLowerInvariant()} {undo.Error}" : null, Output(stage) }.Where(text => text is not null)),
        [.. stage.Signals.Select(SignalText)])
    {
        Judgment = definition.Kind == "judgment" && stage.Attempt > 0 ? PagePaths.Judgment(execution, stage.Name) : null,
    };

    private static string SignalText(StageSignal signal)
    {
        var data = signal.Data;
        string? Member(string name) => data.ValueKind == JsonValueKind.Object && data.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return Member("choice") is { } choice ? $"{signal.By}: {choice}{(Member("comment") is { } comment ? $", {comment}" : "")}" : $"{signal.By}, {signal.Name}: {data.GetRawText()}";
    }

    private static string? Output(StageState stage)
    {
        if (stage.Output is not { ValueKind: JsonValueKind.Object } output)
            return null;
        var members = FlatJson.Of(output).Take(MostMembers + 1).ToList();
        var text = string.Join(", ", members.Take(MostMembers).Select(member => $"{member.Name} {member.Text}"));
        return members.Count > MostMembers || text.Length > LongestOutput ? $"{text[..Math.Min(text.Length, LongestOutput)]} …" : text;
    }

    private static StatusView StatusOf(StageStatus status) => new(status.ToString().ToLowerInvariant(), status switch
    {
        StageStatus.Succeeded => StatusView.Good,
        StageStatus.Failed => StatusView.Bad,
        StageStatus.Running or StageStatus.Judging or StageStatus.Retrying => StatusView.Busy,
        _ => StatusView.Quiet,
    });
}
