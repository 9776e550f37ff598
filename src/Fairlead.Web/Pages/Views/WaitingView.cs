using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Web.Pages.Views;

/// <summary>A stage that waits for people.</summary>
/// <param name="Path">Of its judgment.</param>
/// <param name="By">Who, or what, began the execution.</param>
public sealed record WaitingView(string Stage, string Path, string Pipeline, int Execution, string By, TimeView Since)
{
    public static IEnumerable<WaitingView> Of(ExecutionSummary execution, DateTimeOffset now) => execution.Judging.Select(stage =>
        new WaitingView(stage, PagePaths.Judgment(execution.Number, stage), execution.Pipeline, execution.Number, execution.Cause.By, TimeView.Of(execution.CreatedAt, now)));
}
