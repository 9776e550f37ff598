using Fairlead.Domain.Pipelines.Executions;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fairlead.Commands;

/// <summary>An execution as a table of its stages, those that come later further to the right.</summary>
internal static class PipelineTable
{
    public static IRenderable Create(Execution execution, DateTimeOffset now)
    {
        var depths = Depths(execution.Plan);
        var table = new Table { Border = TableBorder.Simple }.AddColumns("stage", "kind", "status", "try", "took", "");
        foreach (var (stage, definition) in execution.State.Stages.Zip(execution.Plan.Stages))
        {
            table.AddRow(
                new Text($"{new string(' ', 2 * depths[stage.Name])}{PipelineText.Mark(stage.Status)} {stage.Name}"),
                new Text(definition.Kind),
                new Text(stage.Status.ToString().ToLowerInvariant(), PipelineText.Style(stage.Status)),
                new Text(stage.Attempt > 1 ? $"{stage.Attempt}" : ""),
                new Text(PipelineText.Duration(stage, now)),
                new Text(PipelineText.Detail(stage)));
        }

        return new Rows(new Text(Head(execution), PipelineText.Style(execution.State.Status)), table);
    }

    public static string Head(Execution execution)
    {
        var state = execution.State;
        var end = execution.Stalled ?? state.Reason;
        return $"execution {execution.Number} of '{execution.Plan.Pipeline}', begun by {execution.Plan.Cause.By}{CauseOf(execution.Plan.Cause)} at {PipelineText.Time(execution.Plan.CreatedAt)}: {PipelineText.Status(state.Status, state.IsPaused)}{(end is null ? "" : $" ({end})")}";
    }

    private static string CauseOf(ExecutionCause cause) =>
        cause.Trigger is { } trigger ? $" ({trigger}: {cause.Detail}{(cause.Link is { } link ? $" {link}" : "")})" : "";

    private static Dictionary<string, int> Depths(ExecutionPlan plan)
    {
        var depths = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var stage in plan.Stages)
            depths[stage.Name] = stage.After.Count == 0 ? 0 : stage.After.Max(before => depths[before]) + 1;
        return depths;
    }
}
