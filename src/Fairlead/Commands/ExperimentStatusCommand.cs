using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Monitoring.Experiments;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Says how the running experiments stand.</summary>
internal sealed class ExperimentStatusCommand()
    : CliCommand("status", "Say how the running experiments stand now.", "fairlead experiment status", "fairlead experiment status --format json")
{
    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var all = await client.GetAsync("/api/experiments", ExperimentJson.Default.IReadOnlyListExperiment, cancellationToken);
        var running = new List<Experiment>();
        foreach (var experiment in all.Where(experiment => experiment.Status == ExperimentStatus.Running))
            running.Add(await client.GetAsync($"/api/experiments/{Uri.EscapeDataString(experiment.Name)}", ExperimentJson.Default.Experiment, cancellationToken));
        if (context.IsJson)
        {
            CommandContext.WriteJson(running, ExperimentJson.Default.IReadOnlyListExperiment);
            return ExitCodes.Success;
        }

        if (running.Count == 0)
            context.Out.MarkupLine("[grey]no experiment runs; fairlead experiment list shows earlier ones[/]");
        foreach (var experiment in running)
            ExperimentPrinter.Print(context.Out, experiment);
        return ExitCodes.Success;
    }
}
