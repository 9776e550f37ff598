using System.CommandLine;
using System.Text.Json;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Steps;
using Fairlead.Steps.Events;
using Fairlead.Web.Contracts;

namespace Fairlead.Commands;

/// <summary>Runs what changed.</summary>
internal sealed class RunCommand : CliCommand
{
    private static readonly Argument<string[]> Steps = new("step") { Description = "Steps to run, with what they need; none means all.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<bool> StopEarly = new("--stop-early") { Description = "Begin no further step after one has failed; else only what depends on it is left out." };
    private static readonly Option<bool> Verbose = new("--verbose", "-v") { Description = "Print what the steps print." };

    public RunCommand()
        : base(
            "run",
            "Run the steps whose data, code, parameters or tools changed, in the order in which they depend on one another.",
            "fairlead run",
            "fairlead run train --verbose",
            "fairlead run --format json")
    {
        Arguments.Add(Steps);
        Options.Add(StopEarly);
        Options.Add(Verbose);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var body = new RunBody(parse.GetValue(Steps), !parse.GetValue(StopEarly), CommandContext.User);
        var printer = new StepEventPrinter(context.Error, parse.GetValue(Verbose));
        RunReport? report = null;
        await foreach (var line in client.StreamAsync("/api/runs", body, WebJson.Default.RunBody, cancellationToken))
        {
            if (line.TryGetProperty("report", out var last))
                report = last.Deserialize(StepsJson.Default.RunReport);
            else
                printer.Print(line.Deserialize(StepsJson.Default.StepEvent)!);
        }

        if (report is null)
            throw FairleadException.Unavailable("The control plane ended before the run did; see 'fairlead runs' once it is up again.");
        if (context.IsJson)
            CommandContext.WriteJson(report, StepsJson.Default.RunReport);
        else
            printer.Summarize(context.Out, report);
        return report.Succeeded ? ExitCodes.Success : ExitCodes.Failure;
    }
}
