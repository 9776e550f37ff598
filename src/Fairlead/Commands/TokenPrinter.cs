using Fairlead.CommandLine;
using Fairlead.Identity;
using Fairlead.Identity.Users;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints a token that was just made: alone on standard output, so that it can be handed on without being seen.</summary>
internal static class TokenPrinter
{
    public static void Print(CommandContext context, IssuedToken issued)
    {
        if (context.IsJson)
        {
            CommandContext.WriteJson(issued, IdentityJson.Default.IssuedToken);
            return;
        }

        context.Out.WriteLine(issued.Token);
        var end = issued.ExpiresAt is { } at ? $"until {at:yyyy-MM-dd HH:mm}Z" : "until it is revoked";
        context.Error.MarkupLineInterpolated($"[grey]the token of '{issued.User}', {end}; it is not shown again. Sign in with 'fairlead login', or set FAIRLEAD_TOKEN.[/]");
    }
}
