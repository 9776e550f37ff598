using System.CommandLine;
using Fairlead.Client;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Forgets the token that was kept.</summary>
internal sealed class LogoutCommand() : CliCommand("logout", "Forget the token for this control plane; 'fairlead user revoke' ends it for everybody.", "fairlead logout")
{
    protected override Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var url = context.FindControlUrl();
        if (!TokenFile.Remove(url))
            throw FairleadException.NotFound($"No token is kept for '{url}'; sign in with 'fairlead login'.");
        context.Error.MarkupLineInterpolated($"the token for {url} is forgotten here");
        return Task.FromResult(ExitCodes.Success);
    }
}
