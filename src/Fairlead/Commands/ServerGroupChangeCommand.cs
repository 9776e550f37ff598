using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Serialization;
using Fairlead.Web.Contracts;

namespace Fairlead.Commands;

/// <summary>Enables, disables, destroys or resizes a server group.</summary>
internal sealed class ServerGroupChangeCommand : CliCommand
{
    private const string Enable = "enable";
    private const string Resize = "resize";
    private static readonly Argument<string> Group = new("server-group") { Description = "Such as late-prod-v003." };
    private static readonly Argument<int> Instances = new("instances") { Description = "How many there are to be." };
    private static readonly Option<string?> Share = new("--weight") { Description = "Its share of the traffic; the rest stays where it is.", HelpName = "percent" };

    /// <param name="verb">As the API has it.</param>
    public ServerGroupChangeCommand(string verb, string description)
        : base(verb, description, verb == Resize ? "fairlead server-group resize briefing-prod-v002 4" : $"fairlead server-group {verb} late-prod-v003")
    {
        Arguments.Add(Group);
        if (verb == Resize)
            Arguments.Add(Instances);
        if (verb == Enable)
            Options.Add(Share);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var text = parse.GetRequiredValue(Group);
        if (!ServerGroupName.TryParse(text, out var name))
            throw FairleadException.Invalid($"'{text}' is not a server group; expected SERVICE-ENVIRONMENT-vNNN, such as 'late-prod-v003'.");
        var share = Name == Enable ? parse.GetValue(Share) : null;
        if (share is not null && (Shares.TryParse(share) ?? Weight.None) == Weight.None)
            throw FairleadException.Invalid($"'{share}' is not a share of traffic; expected {Shares.Expected}, from 0.01 to 100.");
        var body = new ServerGroupBody(Shares.TryParse(share)?.Hundredths, Name == Resize ? parse.GetValue(Instances) : null, CommandContext.User);
        using var client = context.Connect();
        var path = $"/api/environments/{Uri.EscapeDataString(name.Environment)}/server-groups/{name}/{Name}";
        var group = await client.PostAsync(path, body, WebJson.Default.ServerGroupBody, DomainJson.Default.ServerGroup, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(group, DomainJson.Default.ServerGroup);
        else
            context.Out.Write(ServerGroupTable.Create([group], []));
        return ExitCodes.Success;
    }
}
