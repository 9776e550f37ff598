using Fairlead.Domain.Runs;
using Fairlead.Steps.Events;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints what happens during a run, a line for each thing that matters.</summary>
/// <param name="withLogs">What failed is told with the end of its log; else in one line, since a report follows that has it.</param>
internal sealed class StepEventPrinter(IAnsiConsole console, bool verbose, string indent = "", bool withLogs = true)
{
    private const int StepWidth = 16;

    public void Print(StepEvent stepEvent)
    {
        switch (stepEvent)
        {
            case DatasetRegistered registered:
                var version = registered.Version;
                console.MarkupLineInterpolated($"{indent}{version.Label,-StepWidth} {(registered.IsNew ? "new version" : "unchanged"),-10} {Sizes.Describe(version.Artifact.Size)}, {version.Artifact.Digest.Short} [grey]{registered.ElapsedSeconds:0.00} s[/]");
                break;
            case StepCached cached:
                console.MarkupLineInterpolated($"{indent}{cached.Step,-StepWidth} [grey]cached     {cached.RunId}: {cached.Reason}[/]");
                break;
            case StepUnwanted unwanted:
                console.MarkupLineInterpolated($"{indent}{unwanted.Step,-StepWidth} [grey]left out   {unwanted.Reason}[/]");
                break;
            case StepStarted started:
                console.MarkupLineInterpolated($"{indent}{started.Step,-StepWidth} [teal]executing[/]  {started.RunId}: {started.Reason}");
                break;
            case StepOutput output when verbose:
                console.MarkupLineInterpolated($"{indent}{output.Step,-StepWidth} [grey]| {output.Line}[/]");
                break;
            case StepFinished finished:
                PrintFinished(finished);
                break;
        }
    }

    private void PrintFinished(StepFinished run)
    {
        if (run.Status == RunStatus.Succeeded)
            console.MarkupLineInterpolated($"{indent}{run.Step,-StepWidth} [green]done[/]       {run.RunId} [grey]{run.Seconds:0.00} s[/] {string.Join("  ", run.Metrics.Select(metric => $"{metric.Key}={metric.Value:0.####}"))}");
        else
            console.MarkupLineInterpolated($"{indent}{run.Step,-StepWidth} [red]{RunStatusText.Of(run.Status),-10}[/] {run.RunId}: {(withLogs ? run.Error : FirstLine(run.Error))}");
    }

    private static string FirstLine(string? error) => error?.Split('\n')[0].Replace("; its log ends:", ".", StringComparison.Ordinal) ?? "";
}
