using System.CommandLine;
using System.Globalization;
using Fairlead.CommandLine;
using Fairlead.Monitoring.Canaries;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Shows one look at a canary.</summary>
internal sealed class CanaryShowCommand : CliCommand
{
    private static readonly Argument<int> Number = new("canary") { Description = "Its number." };
    private static readonly Option<bool> Check = new("--check") { Description = $"Have the verdict again from the points that were kept; the exit code is {ExitCodes.NotGood} when it is another one." };

    public CanaryShowCommand()
        : base("show", "Show one look: every metric with its interval and reason, and the score.", "fairlead canary show 12", "fairlead canary show 12 --check", "fairlead canary show 12 --format json")
    {
        Arguments.Add(Number);
        Options.Add(Check);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var path = $"/api/canaries/{parse.GetValue(Number)}";
        if (parse.GetValue(Check))
            return Answer(context, await client.GetAsync($"{path}/check", CanariesJson.Default.CanaryCheck, cancellationToken));
        var report = await client.GetAsync(path, CanariesJson.Default.CanaryReport, cancellationToken);
        if (context.IsJson)
        {
            CommandContext.WriteJson(report, CanariesJson.Default.CanaryReport);
            return ExitCodes.Success;
        }

        var series = await client.GetAsync($"{path}/series", CanariesJson.Default.CanarySeriesSet, cancellationToken);
        context.Out.MarkupLineInterpolated($"canary {report.Number}: [bold]{report.Experiment}[/] beside [bold]{report.Control}[/]{(report.IsShadow ? ", as a shadow" : "")}, look {report.Verdict.Window.Look} of {report.Verdict.Window.Looks}, {Moment(report.Verdict.Window.Start)} to {Moment(report.Verdict.Window.End)}");
        CanaryPrinter.Print(context.Out, report.Verdict, series.Metrics);
        foreach (var pair in report.Pairs)
            context.Out.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{pair.Metric}: {pair.Pairs} pairs, {pair.Agreement * 100:0.##} % agree{(pair.MeanDifference is { } mean ? string.Create(CultureInfo.InvariantCulture, $", {mean:G4} apart in the mean, {pair.Largest:G4} at most") : "")}");
        return ExitCodes.Success;
    }

    private static int Answer(CommandContext context, CanaryCheck check)
    {
        if (context.IsJson)
            CommandContext.WriteJson(check, CanariesJson.Default.CanaryCheck);
        else
            context.Out.MarkupLineInterpolated($"canary {check.Number}: {(check.IsSame ? "the same verdict again" : "another verdict")}, {CanaryText.Outcome(check.Verdict.Outcome)} with {CanaryText.Score(check.Verdict.Score)} of 100");
        return check.IsSame ? ExitCodes.Success : ExitCodes.NotGood;
    }

    private static string Moment(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
