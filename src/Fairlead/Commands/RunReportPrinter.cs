using Fairlead.Steps;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints what a run came to: numbers, and every failure with the end of its log.</summary>
internal static class RunReportPrinter
{
    public static void Print(IAnsiConsole console, RunReport report, string indent = "")
    {
        var counts = report.Counts;
        var unwanted = counts.Unwanted > 0 ? $", {counts.Unwanted} not wanted" : "";
        console.MarkupLineInterpolated($"{indent}{counts.Executed} executed, {counts.Cached} cached, {counts.Failed} failed, {counts.Skipped} skipped{unwanted} at commit {report.Commit.Short}");
        foreach (var step in report.Steps.Where(step => step.Outcome is StepOutcome.Failed or StepOutcome.Skipped))
        {
            console.MarkupLineInterpolated($"{indent}[red]{step.Step}[/] {(step.Run is { } run ? $"({run.Id}) " : "")}{step.Reason}");
            if (step.Run is { } failed && step.Outcome == StepOutcome.Failed)
                console.MarkupLineInterpolated($"{indent}[grey]see 'fairlead logs {failed.Id}'[/]");
        }

        if (report.Omitted > 0 && !report.Succeeded)
            console.MarkupLineInterpolated($"{indent}[grey]… and {report.Omitted} more steps[/]");
    }
}
