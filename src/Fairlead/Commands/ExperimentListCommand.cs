using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Monitoring.Experiments;

namespace Fairlead.Commands;

/// <summary>Lists experiments.</summary>
internal sealed class ExperimentListCommand()
    : CliCommand("list", "List the experiments of all times, newest first.", "fairlead experiment list", "fairlead experiment list --format json")
{
    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var experiments = await client.GetAsync("/api/experiments", ExperimentJson.Default.IReadOnlyListExperiment, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(experiments, ExperimentJson.Default.IReadOnlyListExperiment);
        else
            ExperimentPrinter.PrintList(context.Out, experiments);
        return ExitCodes.Success;
    }
}
