using Fairlead.Domain.Runs;
using Fairlead.Steps;
using Fairlead.Steps.Events;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints what happens during a run, a line for each thing that matters.</summary>
internal sealed class StepEventPrinter(IAnsiConsole console, bool verbose, string indent = "")
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
                console.MarkupLineInterpolated($"{indent}{cached.Run.Id.Step,-StepWidth} [grey]cached     {cached.Run.Id}: {cached.Reason}[/]");
                break;
            case StepStarted started:
                console.MarkupLineInterpolated($"{indent}{started.Step,-StepWidth} [teal]executing[/]  {started.RunId}: {started.Reason}");
                break;
            case StepOutput output when verbose:
                console.MarkupLineInterpolated($"{indent}{output.Step,-StepWidth} [grey]| {output.Line}[/]");
                break;
            case StepFinished finished:
                PrintFinished(finished.Run);
                break;
        }
    }

    public void Summarize(IAnsiConsole output, RunReport report)
    {
        var counts = report.Steps.GroupBy(step => step.Outcome).ToDictionary(group => group.Key, group => group.Count());
        output.MarkupLineInterpolated($"{indent}{Count(StepOutcome.Executed)} executed, {Count(StepOutcome.Cached)} cached, {Count(StepOutcome.Failed)} failed, {Count(StepOutcome.Skipped)} skipped at commit {report.Commit.Short}");
        foreach (var step in report.Steps.Where(step => step.Outcome is StepOutcome.Failed or StepOutcome.Skipped))
            output.MarkupLineInterpolated($"{indent}[red]{step.Step}[/] {step.Reason}");

        int Count(StepOutcome outcome) => counts.GetValueOrDefault(outcome);
    }

    private void PrintFinished(Run run)
    {
        var seconds = run.FinishedAt is { } end ? (end - run.StartedAt).TotalSeconds : 0;
        if (run.Status == RunStatus.Succeeded)
            console.MarkupLineInterpolated($"{indent}{run.Id.Step,-StepWidth} [green]done[/]       {run.Id} [grey]{seconds:0.00} s[/] {string.Join("  ", run.Metrics.Select(metric => $"{metric.Key}={metric.Value:0.####}"))}");
        else
            console.MarkupLineInterpolated($"{indent}{run.Id.Step,-StepWidth} [red]{RunStatusText.Of(run.Status),-10}[/] {run.Id}: {run.Error}");
    }
}
