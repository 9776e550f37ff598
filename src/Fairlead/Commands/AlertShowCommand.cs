using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Monitoring.Alerts;

namespace Fairlead.Commands;

/// <summary>Shows one alert and what was told of it.</summary>
internal sealed class AlertShowCommand : CliCommand
{
    private static readonly Argument<string> Rule = new("alert") { Description = "Its name." };

    public AlertShowCommand()
        : base("show", "Show an alert and what was told of it.", "fairlead alert show capture_lost", "fairlead alert show capture_lost --format json") =>
        Arguments.Add(Rule);

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var details = await client.GetAsync($"/api/alerts/{Uri.EscapeDataString(parse.GetRequiredValue(Rule))}", AlertJson.Default.AlertDetails, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(details, AlertJson.Default.AlertDetails);
        else
            AlertPrinter.Print(context.Out, details);
        return ExitCodes.Success;
    }
}
