using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Monitoring.Experiments;

namespace Fairlead.Commands;

/// <summary>Shows one experiment.</summary>
internal sealed class ExperimentShowCommand : CliCommand
{
    private static readonly Argument<string> ExperimentName = new("name") { Description = "The experiment." };

    public ExperimentShowCommand()
        : base("show", "Show one experiment: what was planned, and how it stands.", "fairlead experiment show calmer", "fairlead experiment show calmer --format json")
    {
        Arguments.Add(ExperimentName);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var path = $"/api/experiments/{Uri.EscapeDataString(parse.GetRequiredValue(ExperimentName))}";
        var experiment = await client.GetAsync(path, ExperimentJson.Default.Experiment, cancellationToken);
        if (context.IsJson)
        {
            CommandContext.WriteJson(experiment, ExperimentJson.Default.Experiment);
            return ExitCodes.Success;
        }

        ExperimentPrinter.Print(context.Out, experiment);
        ExperimentPlanPrinter.Print(context.Out, experiment.Plan, experiment.Design.Days, experiment.Design.MinimumEffect);
        return ExitCodes.Success;
    }
}
