using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Web.Pages.Views;

/// <summary>One execution.</summary>
public sealed record ExecutionView(
    string Title, StatusView Status, string Reason, string By, TimeView CreatedAt, ExecutionGraph Graph, IReadOnlyList<ExecutionStageRow> Stages, IReadOnlyList<ExecutionEventRow> Events)
{
    public static ExecutionView Of(Execution execution, IReadOnlyList<RecordedEvent> events, DateTimeOffset now) => new(
        $"Execution {execution.Number} of {execution.Plan.Pipeline}",
        ExecutionRow.StatusOf(execution.State.Status, execution.State.IsPaused),
        execution.Stalled ?? execution.State.Reason ?? "",
        $"{execution.Plan.Cause.By} ({execution.Plan.Cause.Kind})",
        TimeView.Of(execution.Plan.CreatedAt, now),
        ExecutionGraph.Of(execution.Plan, execution.State),
        [.. execution.Plan.Stages.Zip(execution.State.Stages, (definition, stage) => ExecutionStageRow.Of(definition, stage, now))],
        [.. events.Select(recorded => ExecutionEventRow.Of(recorded, now))]);
}
