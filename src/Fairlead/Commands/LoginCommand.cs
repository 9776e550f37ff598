using System.CommandLine;
using Fairlead.Client;
using Fairlead.CommandLine;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Serialization;
using Fairlead.Identity.Tokens;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Keeps a token for the commands that follow.</summary>
internal sealed class LoginCommand() : CliCommand(
    "login",
    "Keep the token that an admin gave you, for this control plane; it is asked for, or read from standard input, and never part of a command line.",
    "fairlead login",
    "fairlead login --url https://fairlead.example.com",
    "fairlead login < token.txt")
{
    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var url = context.FindControlUrl();
        var token = await ReadAsync(context, cancellationToken);
        if (!SecretToken.TryParse(token, out _))
            throw FairleadException.Invalid("That is no token of a user, or was not copied whole; one begins with 'flt_' and has 50 characters.");
        using var client = new ApiClient(url, token, CommandContext.User);
        var principal = await client.GetAsync("/api/me", DomainJson.Default.Principal, cancellationToken);
        if (principal.Kind != PrincipalKind.User)
            throw FairleadException.Conflict("There are no users here yet, so that no token is needed; an admin adds the first one by 'fairlead user add NAME --role admin'.");
        TokenFile.Set(url, token);
        if (context.IsJson)
            CommandContext.WriteJson(principal, DomainJson.Default.Principal);
        else
            context.Out.MarkupLineInterpolated($"signed in at {client.Url} as [bold]{principal.Name}[/] ({RolesText.Of(principal.Grants)}); the token is kept in '{TokenFile.Path}'");
        return ExitCodes.Success;
    }

    private static async Task<string> ReadAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (Console.IsInputRedirected)
            return (await Console.In.ReadLineAsync(cancellationToken))?.Trim() ?? "";
        return (await new TextPrompt<string>("Token:").Secret(null).ShowAsync(context.Error, cancellationToken)).Trim();
    }
}
