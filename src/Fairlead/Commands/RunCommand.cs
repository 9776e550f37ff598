using System.CommandLine;
using System.Text.Json;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Steps;
using Fairlead.Steps.Events;
using Fairlead.Steps.Forecasting;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Runs what changed.</summary>
internal sealed class RunCommand : CliCommand
{
    private static readonly Argument<string[]> Steps = new("step") { Description = "Steps to run, with what they need, or variants such as 'train[customer=acme]'; none means all.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<bool> Dry = new("--dry") { Description = "Say what would run and why, and run nothing." };
    private static readonly Option<bool> StopEarly = new("--stop-early") { Description = "Begin no further step after one has failed." };
    private static readonly Option<bool> KeepGoing = new("--keep-going") { Description = "After a failure leave out only what depends on it. This is the default." };
    private static readonly Option<bool> Verbose = new("--verbose", "-v") { Description = "Print what the steps print." };

    public RunCommand()
        : base(
            "run",
            "Run the steps whose data, code, parameters or tools changed, in the order in which they depend on one another.",
            "fairlead run",
            "fairlead run train --verbose",
            "fairlead run 'train[customer=acme]'",
            "fairlead run --dry",
            "fairlead run --format json")
    {
        Arguments.Add(Steps);
        Options.Add(Dry);
        Options.Add(StopEarly);
        Options.Add(KeepGoing);
        Options.Add(Verbose);
        Options.Add(RunTags.Option);
        Validators.Add(result =>
        {
            if (result.GetValue(StopEarly) && result.GetValue(KeepGoing))
                result.AddError("--stop-early and --keep-going exclude one another; give one of them.");
        });
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var verbose = parse.GetValue(Verbose);
        var tags = RunTags.Read(parse);
        var live = !verbose && !context.IsJson && context.Error.Profile.Capabilities is { Ansi: true, Interactive: true };
        var body = new RunBody(parse.GetValue(Steps), !parse.GetValue(StopEarly), CommandContext.User) { WithOutput = verbose || live, Dry = parse.GetValue(Dry) };
        var lines = client.StreamAsync("/api/runs", body, WebJson.Default.RunBody, cancellationToken);
        if (body.Dry)
            return await ForecastAsync(lines, context);
        var report = live
            ? await new RunLiveView(context.Error, context.Time).ShowAsync(events => ReadAsync(lines, events), cancellationToken)
            : await ReadAsync(lines, new StepEventPrinter(context.Error, verbose).Print);
        await RunTags.GiveAsync(client, report, parse.GetValue(Steps) ?? [], tags, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(report, StepsJson.Default.RunReport);
        else
            RunReportPrinter.Print(context.Out, report);
        return report.Succeeded ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static async Task<RunReport> ReadAsync(IAsyncEnumerable<JsonElement> lines, Action<StepEvent> onEvent)
    {
        RunReport? report = null;
        await foreach (var line in lines)
        {
            if (line.TryGetProperty("report", out var last))
                report = last.Deserialize(StepsJson.Default.RunReport);
            else
                onEvent(line.Deserialize(StepsJson.Default.StepEvent)!);
        }

        return report ?? throw Ended();
    }

    private static async Task<int> ForecastAsync(IAsyncEnumerable<JsonElement> lines, CommandContext context)
    {
        ForecastReport? forecast = null;
        await foreach (var line in lines)
            forecast = line.GetProperty("forecast").Deserialize(StepsJson.Default.ForecastReport);
        if (forecast is null)
            throw Ended();
        if (context.IsJson)
            CommandContext.WriteJson(forecast, StepsJson.Default.ForecastReport);
        else
            ForecastPrinter.Print(context.Out, forecast);
        return ExitCodes.Success;
    }

    private static FairleadException Ended() => FairleadException.Unavailable("The control plane ended before the run did; see 'fairlead runs' once it is up again.");
}
