using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Identity;
using Fairlead.Identity.Users;

namespace Fairlead.Commands;

/// <summary>Adds a user.</summary>
internal sealed class UserAddCommand : CliCommand
{
    public UserAddCommand()
        : base(
            "add",
            "Add a user and print a token, this once. The first user must be an admin: from then on everything needs a token.",
            "fairlead user add ann --role admin",
            "fairlead user add ben --role developer --role judge@prod --group risk --email ben@example.com",
            "fairlead user add ci --role operator --environment stage --expires 90")
    {
        Arguments.Add(UserOptions.Name);
        Options.Add(UserOptions.Role);
        Options.Add(UserOptions.Environment);
        Options.Add(UserOptions.Group);
        Options.Add(UserOptions.Email);
        Options.Add(UserOptions.Expires);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var order = new UserOrder
        {
            Name = parse.GetRequiredValue(UserOptions.Name),
            Roles = RolesText.In(parse.GetValue(UserOptions.Role) ?? [], parse.GetValue(UserOptions.Environment)),
            Groups = parse.GetValue(UserOptions.Group) ?? [],
            Emails = parse.GetValue(UserOptions.Email) ?? [],
            ExpiresInDays = parse.GetValue(UserOptions.Expires),
        };
        using var client = context.Connect();
        TokenPrinter.Print(context, await client.PostAsync("/api/users", order, IdentityJson.Default.UserOrder, IdentityJson.Default.IssuedToken, cancellationToken));
        return ExitCodes.Success;
    }
}
