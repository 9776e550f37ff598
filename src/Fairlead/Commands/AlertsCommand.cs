using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Monitoring.Alerts;

namespace Fairlead.Commands;

/// <summary>Lists the alerts, firing ones first.</summary>
internal sealed class AlertsCommand()
    : CliCommand("alerts", "List the alerts, firing ones first.", "fairlead alerts", "fairlead alerts --format json")
{
    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var reports = await client.GetAsync("/api/alerts", AlertJson.Default.IReadOnlyListAlertReport, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(reports, AlertJson.Default.IReadOnlyListAlertReport);
        else
            AlertPrinter.PrintList(context.Out, reports);
        return ExitCodes.Success;
    }
}
