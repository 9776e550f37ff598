using System.CommandLine;
using Fairlead.Catalog;
using Fairlead.CommandLine;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Identity;
using Fairlead.Identity.Users;
using Fairlead.Platforms.Local;
using Fairlead.Roles;

namespace Fairlead.Commands;

/// <summary>Makes a further token.</summary>
internal sealed class UserTokenCommand : CliCommand
{
    private const string Recovery = "recovery";
    private static readonly Argument<string?> Whose = new("name") { Description = "Whose; else your own.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> Recover = new("--recover")
    {
        Description = "Write straight into the catalog of the project, which needs nothing but the right to write that file; for when no admin has a token any more. The control plane must be stopped.",
    };

    public UserTokenCommand()
        : base(
            "token",
            "Make a further token, for yourself or as an admin for somebody else, and print it, this once.",
            "fairlead user token --expires 30",
            "fairlead user token ben",
            "fairlead down && fairlead user token ann --recover && fairlead up")
    {
        Arguments.Add(Whose);
        Options.Add(UserOptions.Expires);
        Options.Add(Recover);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var name = parse.GetValue(Whose);
        var order = new TokenOrder(parse.GetValue(UserOptions.Expires));
        if (parse.GetValue(Recover))
        {
            var user = name ?? throw FairleadException.Invalid("It is not said whose token is to be made; name an admin.");
            TokenPrinter.Print(context, await RecoverAsync(context, user, order, cancellationToken));
            return ExitCodes.Success;
        }

        using var client = context.Connect();
        var path = name is null ? "/api/me/tokens" : $"/api/users/{Uri.EscapeDataString(name)}/tokens";
        TokenPrinter.Print(context, await client.PostAsync(path, order, IdentityJson.Default.TokenOrder, IdentityJson.Default.IssuedToken, cancellationToken));
        return ExitCodes.Success;
    }

    private static async Task<IssuedToken> RecoverAsync(CommandContext context, string name, TokenOrder order, CancellationToken cancellationToken)
    {
        var state = context.FindProject();
        using var alone = await SingleInstanceLock.AcquireAsync(ControlProcess.LockFile(state), "fairlead user token --recover", context.Time, cancellationToken);
        await using var catalog = SqliteCatalog.Open(state.CatalogFile, context.Time, state.AuditHead);
        Acting.Begin(new ActingScope(new Principal { Name = CommandContext.User, Kind = PrincipalKind.Open }, Recovery));
        return await new UserDesk(catalog.Users, context.Time).IssueAsync(name, order, cancellationToken);
    }
}
