using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Delivery.Serialization;
using Fairlead.Web.Contracts;

namespace Fairlead.Commands;

/// <summary>Gives the traffic back to the previous server group.</summary>
internal sealed class RollbackCommand : CliCommand
{
    private static readonly Argument<string> Environment = new("environment") { Description = "Where to roll back." };
    private static readonly Option<string?> Service = new("--service") { Description = "Only this service.", HelpName = "name" };

    private static readonly Option<string?> To = new("--to") { Description = "This server group, also one that is gone: it is made anew.", HelpName = "server-group" };

    public RollbackCommand()
        : base(
            "rollback",
            "Give the traffic back to what was live before, from any state: one route swap while that is warm.",
            "fairlead rollback prod",
            "fairlead rollback prod --service late",
            "fairlead rollback prod --to late-prod-v003      # a named one, made anew when it is gone")
    {
        Arguments.Add(Environment);
        Options.Add(Service);
        Options.Add(To);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var path = $"/api/environments/{Uri.EscapeDataString(parse.GetRequiredValue(Environment))}/rollback";
        var body = new RollbackBody(parse.GetValue(Service), CommandContext.User, parse.GetValue(To));
        var answer = await client.PostAsync(path, body, WebJson.Default.RollbackBody, DeliveryJson.Default.Deployment, cancellationToken);
        DeploymentPrinter.Print(context, answer, "nothing changed");
        return ExitCodes.Success;
    }
}
