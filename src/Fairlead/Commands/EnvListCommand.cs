using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Delivery.Serialization;
using Fairlead.Domain.Deployments;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Lists environments.</summary>
internal sealed class EnvListCommand() : CliCommand("list", "List environments: from which each inherits, how it is deployed to, and what runs there.", "fairlead env list", "fairlead env list --format json")
{
    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var reports = await client.GetAsync("/api/environments", DeliveryJson.Default.IReadOnlyListEnvironmentReport, cancellationToken);
        if (context.IsJson)
        {
            CommandContext.WriteJson(reports, DeliveryJson.Default.IReadOnlyListEnvironmentReport);
            return ExitCodes.Success;
        }

        var table = new Table { Border = TableBorder.Simple }.AddColumns("environment", "extends", "customer", "strategy", "live");
        foreach (var report in reports)
        {
            table.AddRow(
                new Text(report.Environment.Name),
                new Text(report.Environment.Extends ?? ""),
                new Text(report.Environment.Customer ?? ""),
                new Text((report.Environment.Delivery?.Strategy?.Kind ?? StrategyKind.BlueGreen).Word()),
                new Text(string.Join(", ", report.Live.Select(group => $"{group.Name.Service} {group.Release}").Distinct())));
        }

        context.Out.Write(table);
        return ExitCodes.Success;
    }
}
