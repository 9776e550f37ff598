using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Monitoring.Alerts;

namespace Fairlead.Commands;

/// <summary>Says that somebody looks after an alert.</summary>
internal sealed class AlertAckCommand : CliCommand
{
    private static readonly Argument<string> Rule = new("alert") { Description = "Its name." };
    private static readonly Option<string?> Target = new("--target") { Description = "What it is about, as 'fairlead alerts' shows it; else everything for which it fires." };

    public AlertAckCommand()
        : base("ack", "Say that you look after what fires.", "fairlead alert ack slow", "fairlead alert ack slow --target late/prod")
    {
        Arguments.Add(Rule);
        Options.Add(Target);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var body = new AlertAcknowledgement(parse.GetValue(Target), CommandContext.User);
        var details = await client.PostAsync(
            $"/api/alerts/{Uri.EscapeDataString(parse.GetRequiredValue(Rule))}/acknowledge", body, AlertJson.Default.AlertAcknowledgement, AlertJson.Default.AlertDetails, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(details, AlertJson.Default.AlertDetails);
        else
            AlertPrinter.PrintList(context.Out, [details.Report]);
        return ExitCodes.Success;
    }
}
