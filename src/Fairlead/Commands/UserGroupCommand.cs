using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Identity;
using Fairlead.Identity.Groups;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Changes what everybody in a group may do.</summary>
internal sealed class UserGroupCommand : CliCommand
{
    private static readonly Argument<string> GroupName = new("name") { Description = "The group's name, as users have it by --group." };
    private static readonly Option<string[]> AddRole = new("--add-role") { Description = "A role to be given besides those that the group gives.", HelpName = "role" };
    private static readonly Option<string[]> RemoveRole = new("--remove-role") { Description = "A role to be taken away.", HelpName = "role" };

    public UserGroupCommand()
        : base(
            "group",
            "Say which roles everybody in a group has; it holds from the next request on.",
            "fairlead user group risk --add-role judge@prod",
            "fairlead user group ops --role operator        # this one and no other",
            "fairlead user group risk --remove-role judge@prod")
    {
        Arguments.Add(GroupName);
        Options.Add(UserOptions.Role);
        Options.Add(AddRole);
        Options.Add(RemoveRole);
        Options.Add(UserOptions.Environment);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var environment = parse.GetValue(UserOptions.Environment);
        var change = new GroupChange
        {
            Roles = parse.GetResult(UserOptions.Role) is { Implicit: false } ? RolesText.In(parse.GetValue(UserOptions.Role) ?? [], environment) : null,
            AddRoles = RolesText.In(parse.GetValue(AddRole) ?? [], environment),
            RemoveRoles = RolesText.In(parse.GetValue(RemoveRole) ?? [], environment),
        };
        if (change is { Roles: null, AddRoles.Count: 0, RemoveRoles.Count: 0 })
            throw FairleadException.Invalid("Nothing is to be changed; give --role, --add-role or --remove-role.");
        using var client = context.Connect();
        var path = $"/api/groups/{Uri.EscapeDataString(parse.GetRequiredValue(GroupName))}";
        var group = await client.PutAsync(path, change, IdentityJson.Default.GroupChange, IdentityJson.Default.GroupReport, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(group, IdentityJson.Default.GroupReport);
        else
            context.Error.MarkupLineInterpolated($"everybody in '{group.Name}' has {RolesText.Of(group.Grants)}; members: {(group.Members.Count == 0 ? "none" : string.Join(", ", group.Members))}");
        return ExitCodes.Success;
    }
}
