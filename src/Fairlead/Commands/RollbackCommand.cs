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

    public RollbackCommand()
        : base(
            "rollback",
            "Give the traffic back to the server group that was live before: one route swap.",
            "fairlead rollback prod",
            "fairlead rollback prod --service late")
    {
        Arguments.Add(Environment);
        Options.Add(Service);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var path = $"/api/environments/{Uri.EscapeDataString(parse.GetRequiredValue(Environment))}/rollback";
        var body = new RollbackBody(parse.GetValue(Service), CommandContext.User);
        var answer = await client.PostAsync(path, body, WebJson.Default.RollbackBody, DeliveryJson.Default.Deployment, cancellationToken);
        DeploymentPrinter.Print(context, answer, "nothing changed");
        return ExitCodes.Success;
    }
}
