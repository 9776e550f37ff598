using Fairlead.Sweeps.Running;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints what came of a sweep.</summary>
internal sealed class SweepPrinter(IAnsiConsole console)
{
    public void Print(SweepReport report)
    {
        var sweep = report.Sweep;
        console.Write(SweepTable.Of(sweep, report.Trials, width: null));
        console.MarkupLineInterpolated($"sweep {sweep.Number} of '{sweep.Order.Step}' by {sweep.Order.Search}: {StatusText(sweep)}, {sweep.Done} of {sweep.Planned} trials, {sweep.Failed} failed, at commit {sweep.Commit.Short}");
        if (sweep.Error is { } error && sweep.Status != SweepStatus.Succeeded)
            console.MarkupLineInterpolated($"[red]{error}[/]");
        if (report.Trials.FirstOrDefault(trial => trial.Number == sweep.Best) is { } best)
        {
            console.MarkupLineInterpolated($"[green]best[/] is trial {best.Number}: {SweepText.Objective(sweep)} {SweepText.Number(best.Value)} with {SweepText.Values(best.Values)}");
            console.MarkupLineInterpolated($"see it with 'fairlead show {best.Run ?? best.Measured}'{(sweep.Promotion is null && sweep.Status != SweepStatus.Running ? $"; 'fairlead sweep promote {sweep.Number}' writes its values into the project file" : "")}");
        }

        if (sweep.Promotion is { } promotion)
            PrintPromotion(promotion);
        if (sweep.Status is SweepStatus.Stopped or SweepStatus.Failed && sweep.Done < sweep.Planned)
            console.MarkupLineInterpolated($"'fairlead sweep resume {sweep.Number}' goes on");
    }

    public void PrintPromotion(Promotion promotion) => console.MarkupLineInterpolated(
        $"values of trial {promotion.Trial} {(promotion.IsNew ? "were written into the project file by commit" : "were in the project file already, at commit")} {promotion.Commit[..Math.Min(10, promotion.Commit.Length)]}");

    private static string StatusText(SweepRecord sweep) => sweep.Status.ToString().ToLowerInvariant();
}
