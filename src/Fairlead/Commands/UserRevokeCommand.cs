using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Identity;
using Fairlead.Identity.Users;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Ends a user, or one token.</summary>
internal sealed class UserRevokeCommand : CliCommand
{
    private static readonly Option<string?> Token = new("--token") { Description = "Only the token of this id, as 'fairlead user list' shows it.", HelpName = "id" };

    public UserRevokeCommand()
        : base("revoke", "End a user with all tokens, or one token; it holds from the next request on.", "fairlead user revoke ben", "fairlead user revoke ben --token abcdefgh")
    {
        Arguments.Add(UserOptions.Name);
        Options.Add(Token);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var name = parse.GetRequiredValue(UserOptions.Name);
        var order = new RevokeOrder(parse.GetValue(Token));
        var report = await client.PostAsync($"/api/users/{Uri.EscapeDataString(name)}/revoke", order, IdentityJson.Default.RevokeOrder, IdentityJson.Default.UserReport, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(report, IdentityJson.Default.UserReport);
        else
            context.Error.MarkupLineInterpolated($"{(order.Token is null ? $"the user '{report.User.Name}'" : $"the token '{order.Token}' of '{report.User.Name}'")} is revoked");
        return ExitCodes.Success;
    }
}
