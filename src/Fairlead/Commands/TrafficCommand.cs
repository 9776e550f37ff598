using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Delivery.Serialization;
using Fairlead.Web.Contracts;

namespace Fairlead.Commands;

/// <summary>Shifts traffic between server groups, and copies it to shadows.</summary>
internal sealed class TrafficCommand : CliCommand
{
    private static readonly Argument<string> Environment = new("environment") { Description = "Where to shift traffic." };
    private static readonly Argument<string[]> Weights = new("shares") { Description = "Server groups of one service with their shares; they sum to 100%, and groups that are not named get none.", HelpName = "group=share", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string[]> Mirror = new("--mirror") { Description = "A warm server group that gets this share of copies of the requests, as a shadow; 0% ends it.", HelpName = "group=share" };

    public TrafficCommand()
        : base(
            "traffic",
            "Set the shares of traffic of a service's server groups in one swap, and which of them are shadows.",
            "fairlead traffic prod late-prod-v001=90% late-prod-v002=10%",
            "fairlead traffic prod --mirror late-prod-v003=100%")
    {
        Arguments.Add(Environment);
        Arguments.Add(Weights);
        Options.Add(Mirror);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var body = new TrafficBody(Shares.Parse(parse.GetValue(Weights) ?? []), Shares.Parse(parse.GetValue(Mirror) ?? []), CommandContext.User);
        using var client = context.Connect();
        var path = $"/api/environments/{Uri.EscapeDataString(parse.GetRequiredValue(Environment))}/traffic";
        var answer = await client.PostAsync(path, body, WebJson.Default.TrafficBody, DeliveryJson.Default.Deployment, cancellationToken);
        DeploymentPrinter.Print(context, answer, WhenUnchanged(body));
        return ExitCodes.Success;
    }

    internal static string WhenUnchanged(TrafficBody order)
    {
        var ended = (order.Mirrors ?? new Dictionary<string, int>()).Where(mirror => mirror.Value == 0).Select(mirror => $"'{mirror.Key}'").ToList();
        return ended.Count > 0 ? $"nothing changed: {string.Join(", ", ended)} got no copies" : "nothing changed: the shares were as asked already";
    }
}
