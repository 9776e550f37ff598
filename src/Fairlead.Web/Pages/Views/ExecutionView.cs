using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Web.Pages.Views;

/// <summary>One execution.</summary>
public sealed record ExecutionView(
    string Title, StatusView Status, string Reason, string By, TimeView CreatedAt, ExecutionGraph Graph, IReadOnlyList<ExecutionStageRow> Stages, IReadOnlyList<ExecutionEventRow> Events)
{
    /// <summary>What it did and does.</summary>
    public IReadOnlyList<ActivityRow> Activities { get; init; } = [];

    public required string Path { get; init; }

    public required bool IsEnded { get; init; }

    /// <summary>The viewer does not want it to reload itself.</summary>
    public bool IsStill { get; init; }

    public static ExecutionView Of(Execution execution, IReadOnlyList<RecordedEvent> events, DateTimeOffset now) => new(
        $"Execution {execution.Number} of {execution.Plan.Pipeline}",
        ExecutionRow.StatusOf(execution.State.Status, execution.State.IsPaused),
        execution.Stalled ?? execution.State.Reason ?? "",
        $"{execution.Plan.Cause.By} ({execution.Plan.Cause.Kind}{(execution.Plan.Cause.Trigger is null ? "" : $": {execution.Plan.Cause.Detail?.TrimEnd('.')}")})",
        TimeView.Of(execution.Plan.CreatedAt, now),
        ExecutionGraph.Of(execution.Plan, execution.State),
        [.. execution.Plan.Stages.Zip(execution.State.Stages, (definition, stage) => ExecutionStageRow.Of(execution.Number, definition, stage, now))],
        [.. events.Select(recorded => ExecutionEventRow.Of(recorded, now))])
    {
        Activities = ActivityRow.Of(execution.State, now),
        Path = PagePaths.Execution(execution.Number),
        IsEnded = execution.State.IsEnded,
    };
}
