using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Monitoring.Alerts;

namespace Fairlead.Commands;

/// <summary>Silences an alert for a while.</summary>
internal sealed class AlertSilenceCommand : CliCommand
{
    private static readonly Argument<string> Rule = new("alert") { Description = "Its name." };
    private static readonly Option<string?> For = new("--for") { Description = "How long: 30m, 2h, 3d.", HelpName = "duration" };
    private static readonly Option<string> Reason = new("--reason") { Description = "Why, for the others.", DefaultValueFactory = _ => "" };
    private static readonly Option<bool> End = new("--end") { Description = "End the silence that holds." };

    public AlertSilenceCommand()
        : base("silence", "Tell nobody of an alert for a while; what still fires then is told.", "fairlead alert silence slow --for 2h --reason \"load test\"", "fairlead alert silence slow --end")
    {
        Arguments.Add(Rule);
        Options.Add(For);
        Options.Add(Reason);
        Options.Add(End);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var seconds = parse.GetValue(End) ? 0
            : parse.GetValue(For) is { } text ? Seconds(text)
            : throw FairleadException.Invalid("It is not said how long; add '--for 2h', or '--end' to end a silence.");
        using var client = context.Connect();
        var order = new AlertSilenceOrder(seconds, parse.GetValue(Reason) ?? "", CommandContext.User);
        var details = await client.PostAsync(
            $"/api/alerts/{Uri.EscapeDataString(parse.GetRequiredValue(Rule))}/silence", order, AlertJson.Default.AlertSilenceOrder, AlertJson.Default.AlertDetails, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(details, AlertJson.Default.AlertDetails);
        else
            AlertPrinter.PrintList(context.Out, [details.Report]);
        return ExitCodes.Success;
    }

    private static long Seconds(string text)
    {
        var unit = text.Length == 0 ? 0 : text[^1] switch { 'm' => 60, 'h' => 3600, 'd' => 86400, _ => 0 };
        return unit > 0 && int.TryParse(text.AsSpan(0, text.Length - 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var count) && count > 0
            ? (long)count * unit
            : throw FairleadException.Invalid($"'{text}' is not a duration; give minutes, hours or days, such as '30m', '2h', '3d'.");
    }
}
