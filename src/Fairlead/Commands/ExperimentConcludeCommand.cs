using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Monitoring.Experiments;
using Fairlead.Web.Contracts;

namespace Fairlead.Commands;

/// <summary>Makes an experiment's report final.</summary>
internal sealed class ExperimentConcludeCommand : CliCommand
{
    private static readonly Argument<string> ExperimentName = new("name") { Description = "The experiment, stopped before." };
    private static readonly Option<string?> Decision = new("--decision") { Description = "What you conclude.", HelpName = "text" };

    public ExperimentConcludeCommand()
        : base(
            "conclude",
            "Measure a stopped experiment for the last time and record what you conclude.",
            "fairlead experiment conclude calmer --decision \"Two percent more clicks: keep it.\"")
    {
        Arguments.Add(ExperimentName);
        Options.Add(Decision);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var path = $"/api/experiments/{Uri.EscapeDataString(parse.GetRequiredValue(ExperimentName))}/conclude";
        var body = new ExperimentConclusionBody(parse.GetValue(Decision), CommandContext.User);
        var experiment = await client.PostAsync(path, body, WebJson.Default.ExperimentConclusionBody, ExperimentJson.Default.Experiment, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(experiment, ExperimentJson.Default.Experiment);
        else
            ExperimentPrinter.Print(context.Out, experiment);
        return ExitCodes.Success;
    }
}
