using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Identity;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Lists the groups.</summary>
internal sealed class UserGroupsCommand() : CliCommand("groups", "List the groups with the roles that they give and who is in them.", "fairlead user groups", "fairlead user groups --format json")
{
    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var groups = await client.GetAsync("/api/groups", IdentityJson.Default.IReadOnlyListGroupReport, cancellationToken);
        if (context.IsJson)
        {
            CommandContext.WriteJson(groups, IdentityJson.Default.IReadOnlyListGroupReport);
            return ExitCodes.Success;
        }

        var table = new Table { Border = TableBorder.Simple }.AddColumns("group", "roles", "members");
        foreach (var group in groups)
            table.AddRow(new Text(group.Name), new Text(RolesText.Of(group.Grants)), new Text(string.Join(", ", group.Members)));
        context.Out.Write(table);
        return ExitCodes.Success;
    }
}
