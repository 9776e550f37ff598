using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Serialization;
using Fairlead.Identity;
using Fairlead.Identity.Users;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Changes what a user may, and by what the user is known.</summary>
internal sealed class UserSetCommand : CliCommand
{
    private static readonly Option<string[]> AddRole = new("--add-role") { Description = "A role to be given besides those that the user has.", HelpName = "role" };
    private static readonly Option<string[]> RemoveRole = new("--remove-role") { Description = "A role to be taken away.", HelpName = "role" };

    public UserSetCommand()
        : base(
            "set",
            "Change a user's roles, groups or e-mail addresses; it holds from the next request on.",
            "fairlead user set ben --add-role operator@prod",
            "fairlead user set ben --role viewer            # this one and no other",
            "fairlead user set ben --group risk --group ops",
            "fairlead user set ben --email ben@example.com --email ben@home.example")
    {
        Arguments.Add(UserOptions.Name);
        Options.Add(UserOptions.Role);
        Options.Add(AddRole);
        Options.Add(RemoveRole);
        Options.Add(UserOptions.Environment);
        Options.Add(UserOptions.Group);
        Options.Add(UserOptions.Email);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var environment = parse.GetValue(UserOptions.Environment);
        var change = new UserChange
        {
            Roles = Given(parse, UserOptions.Role) is { } roles ? RolesText.In(roles, environment) : null,
            AddRoles = RolesText.In(parse.GetValue(AddRole) ?? [], environment),
            RemoveRoles = RolesText.In(parse.GetValue(RemoveRole) ?? [], environment),
            Groups = Given(parse, UserOptions.Group),
            Emails = Given(parse, UserOptions.Email),
        };
        if (change is { Roles: null, Groups: null, Emails: null, AddRoles.Count: 0, RemoveRoles.Count: 0 })
            throw FairleadException.Invalid("Nothing is to be changed; give --role, --add-role, --remove-role, --group or --email.");
        using var client = context.Connect();
        var path = $"/api/users/{Uri.EscapeDataString(parse.GetRequiredValue(UserOptions.Name))}";
        var user = await client.PutAsync(path, change, IdentityJson.Default.UserChange, DomainJson.Default.User, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(user, DomainJson.Default.User);
        else
            context.Error.MarkupLineInterpolated($"'{user.Name}' has {RolesText.Of(user.Grants)}; groups: {(user.Groups.Count == 0 ? "none" : string.Join(", ", user.Groups))}; addresses: {(user.Emails.Count == 0 ? "none" : string.Join(", ", user.Emails))}");
        return ExitCodes.Success;
    }

    private static string[]? Given(ParseResult parse, Option<string[]> option) => parse.GetResult(option) is { Implicit: false } ? parse.GetValue(option) : null;
}
