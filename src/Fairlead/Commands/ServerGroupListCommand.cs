using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Serialization;

namespace Fairlead.Commands;

/// <summary>Lists server groups.</summary>
internal sealed class ServerGroupListCommand : CliCommand
{
    private static readonly Argument<string?> Environment = new("environment") { Description = "Only those of this environment.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> All = new("--all") { Description = "Also those that failed or are gone." };

    public ServerGroupListCommand()
        : base("list", "List server groups: what each runs, its traffic and its state.", "fairlead server-group list", "fairlead server-group list prod --all")
    {
        Arguments.Add(Environment);
        Options.Add(All);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var environment = parse.GetValue(Environment);
        var groups = await client.GetAsync(
            "/api/server-groups" + (environment is null ? "" : $"?environment={Uri.EscapeDataString(environment)}"), DomainJson.Default.IReadOnlyListServerGroup, cancellationToken);
        if (!parse.GetValue(All))
            groups = [.. groups.Where(group => group.Status is not (ServerGroupStatus.Destroyed or ServerGroupStatus.Failed))];
        if (context.IsJson)
            CommandContext.WriteJson(groups, DomainJson.Default.IReadOnlyListServerGroup);
        else
            context.Out.Write(ServerGroupTable.Create(groups, []));
        return ExitCodes.Success;
    }
}
