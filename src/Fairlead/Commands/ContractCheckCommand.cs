using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Delivery.Releases;
using Fairlead.Delivery.Serialization;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Compares the contracts of the project with those that were released last.</summary>
internal sealed class ContractCheckCommand()
    : CliCommand(
        "check",
        "Say what in the contracts would break the clients of the last release; a release refuses the same.",
        "fairlead contract check",
        "fairlead contract check --format json")
{
    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var reports = await client.GetAsync("/api/contracts", DeliveryJson.Default.IReadOnlyListContractReport, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(reports, DeliveryJson.Default.IReadOnlyListContractReport);
        else
            Print(context, reports);
        return reports.All(report => report.Changes.Count == 0) ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static void Print(CommandContext context, IReadOnlyList<ContractReport> reports)
    {
        if (reports.Count == 0)
            context.Error.MarkupLineInterpolated($"[grey]no service has a contract[/]");
        foreach (var report in reports)
        {
            var against = report.Released is { } released ? $"against release {released}" : "not released before";
            var verdict = report.Changes.Count == 0 ? "[green]compatible[/]" : $"[red]{report.Changes.Count} breaking[/]";
            context.Out.MarkupLine($"service [bold]{Markup.Escape(report.Service)}[/], {Markup.Escape(report.Path)}, {against}: {verdict}");
            foreach (var change in report.Changes)
                context.Out.MarkupLineInterpolated($"  {change.Message}");
        }
    }
}
