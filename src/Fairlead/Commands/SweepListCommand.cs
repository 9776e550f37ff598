using System.CommandLine;
using System.Globalization;
using Fairlead.CommandLine;
using Fairlead.Sweeps;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Lists the sweeps.</summary>
internal sealed class SweepListCommand : CliCommand
{
    private static readonly Argument<string?> Step = new("step") { Description = "Only those of one step.", Arity = ArgumentArity.ZeroOrOne };

    public SweepListCommand()
        : base("list", "List the sweeps, newest first.", "fairlead sweep list", "fairlead sweep list train --format json") =>
        Arguments.Add(Step);

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var query = parse.GetValue(Step) is { } step ? $"?step={Uri.EscapeDataString(step)}" : "";
        var sweeps = await client.GetAsync($"/api/sweeps{query}", SweepJson.Default.IReadOnlyListSweepRecord, cancellationToken);
        if (context.IsJson)
        {
            CommandContext.WriteJson(sweeps, SweepJson.Default.IReadOnlyListSweepRecord);
            return ExitCodes.Success;
        }

        var table = new Table { Border = TableBorder.Simple }.AddColumns("sweep", "status", "step", "search", "objective", "best", "trials", "failed", "started");
        foreach (var sweep in sweeps)
        {
            table.AddRow(
                new Text(sweep.Number.ToString(CultureInfo.InvariantCulture)),
                new Text(sweep.Status.ToString().ToLowerInvariant()),
                new Text(sweep.Order.Step),
                new Text(sweep.Order.Search),
                new Text($"{SweepText.Goal(sweep.Order.Goal)} {SweepText.Objective(sweep)}"),
                new Text(SweepText.Number(sweep.BestValue)),
                new Text($"{sweep.Done}/{sweep.Planned}"),
                new Text(sweep.Failed.ToString(CultureInfo.InvariantCulture)),
                new Text(sweep.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
        }

        context.Out.Write(table);
        return ExitCodes.Success;
    }
}
