using System.Globalization;
using Fairlead.CommandLine;
using Fairlead.Domain.Runs;
using Fairlead.Replay.Rebuilding;
using Fairlead.Replay.Verification;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints verifications; those that found something wrong end in another exit code.</summary>
internal static class VerifyPrinter
{
    private const int MostShown = 10;

    public static int Print(CommandContext context, VerificationReport report)
    {
        if (context.IsJson)
            CommandContext.WriteJson(report, VerificationJson.Default.VerificationReport);
        else
            Print(context.Out, report);
        return CodeOf(report);
    }

    public static int Print(CommandContext context, IReadOnlyList<VerificationReport> reports)
    {
        if (context.IsJson)
            CommandContext.WriteJson(reports, VerificationJson.Default.IReadOnlyListVerificationReport);
        foreach (var report in context.IsJson ? [] : reports)
            Print(context.Out, report);
        return reports.Any(report => report.IsAlarming) ? ExitCodes.Failure : ExitCodes.Success;
    }

    // Whoever asks for a rebuild wants to know that it is the same.
    private static int CodeOf(VerificationReport report) =>
        report.IsAlarming || report.Verifications.Any(verified => verified.Rebuild is { } rebuild && (rebuild.Outcome != RebuildOutcome.Identical || rebuild.Verdict == Verdict.Different))
            ? ExitCodes.Failure
            : ExitCodes.Success;

    private static void Print(IAnsiConsole console, VerificationReport report)
    {
        if (report.Since is not null)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{report.Service}[/] in {report.Environment}: {report.Checked} verified, {report.Identical} identical, {report.Rounding} up to rounding, {report.Different} different, {report.Impossible} impossible");
        foreach (var (reason, count) in report.Since is null ? new Dictionary<string, int>() : report.Reasons)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  {count} × {reason}");
        foreach (var verified in report.Since is null ? report.Verifications : report.Verifications.Where(verified => verified.Verdict == Verdict.Different).Take(MostShown))
            Print(console, verified);
    }

    private static void Print(IAnsiConsole console, VerifiedPrediction verified)
    {
        var color = verified.Verdict is Verdict.Different || verified.IsDamaged ? "red" : verified.Verdict == Verdict.Impossible ? "yellow" : "green";
        var verdict = verified.Verdict == Verdict.Rounding ? "identical up to rounding" : verified.Verdict.ToString().ToLowerInvariant();
        console.MarkupLine($"[{color}]{verdict}[/]  prediction {verified.Prediction}{(verified.Reason is null ? "" : ": " + Markup.Escape(verified.Reason))}");
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  scored by {verified.Model} ({verified.ModelDigest}) of {verified.ServerGroup}, release {verified.Release}");
        if (verified.Compared.Count > 0)
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  compared {string.Join(", ", verified.Compared)}{(verified.NotCompared.Count == 0 ? "" : $"; hidden in the log, so not compared: {string.Join(", ", verified.NotCompared)}")}");
        PrintDifferences(console, verified.Differences);
        if (verified.Rebuild is { } rebuild)
            Print(console, rebuild);
    }

    private static void Print(IAnsiConsole console, RebuildReport rebuild)
    {
        var color = rebuild.Outcome switch { RebuildOutcome.Identical => "green", RebuildOutcome.Impossible => "yellow", _ => "red" };
        var reason = rebuild.Reason ?? "every model has the same bytes when it is built again from commit and data";
        console.MarkupLine($"[{color}]rebuild {rebuild.Outcome.ToString().ToLowerInvariant()}[/]  {Markup.Escape(reason)}");
        foreach (var run in rebuild.Models.SelectMany(model => model.Runs).DistinctBy(run => run.Run))
        {
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  {run.Run} at commit {run.Commit[..Math.Min(10, run.Commit.Length)]}: {run.Outcome.ToString().ToLowerInvariant()}, {run.Seconds:0.00} s");
            foreach (var note in run.Notes)
                console.MarkupLineInterpolated($"    [yellow]{note}[/]");
        }

        if (rebuild.Verdict is not { } verdict)
            return;
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  its answer by the rebuilt model: {verdict.ToString().ToLowerInvariant()}{(rebuild.VerdictReason is { } why ? ": " + why : "")}");
        PrintDifferences(console, rebuild.Differences);
    }

    private static void PrintDifferences(IAnsiConsole console, IReadOnlyList<OutputDifference> differences)
    {
        foreach (var difference in differences.Take(MostShown))
        {
            var place = difference.Output + (difference.Element is { } element ? $"[{element}]" : "");
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  {place}: recorded {difference.Recorded ?? "NULL"}, now {difference.Replayed ?? "NULL"}{(difference.Ulps is { } ulps ? $", {ulps} ULP apart" : "")}");
        }
    }
}
