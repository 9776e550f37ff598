using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Monitoring.Experiments;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Ends an experiment.</summary>
internal sealed class ExperimentStopCommand : CliCommand
{
    private static readonly Argument<string> ExperimentName = new("name") { Description = "The experiment." };
    private static readonly Option<string?> Keep = new("--keep") { Description = "Who gets all traffic: control, treatment, or a server group; else the control.", HelpName = "arm" };

    public ExperimentStopCommand()
        : base(
            "stop",
            "End an experiment: all traffic to one arm. Outcomes that come late count until it is concluded.",
            "fairlead experiment stop calmer --keep treatment",
            "fairlead experiment stop calmer")
    {
        Arguments.Add(ExperimentName);
        Options.Add(Keep);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var name = parse.GetRequiredValue(ExperimentName);
        var body = new ExperimentStopBody(parse.GetValue(Keep), CommandContext.User);
        var experiment = await client.PostAsync(
            $"/api/experiments/{Uri.EscapeDataString(name)}/stop", body, WebJson.Default.ExperimentStopBody, ExperimentJson.Default.Experiment, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(experiment, ExperimentJson.Default.Experiment);
        else
            context.Out.MarkupLineInterpolated($"[green]stopped[/] '{name}': all traffic to {experiment.Kept}; when the outcomes are in: fairlead experiment conclude {name}");
        return ExitCodes.Success;
    }
}
