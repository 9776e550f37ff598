using System.CommandLine;
using Fairlead.CommandLine;
using Spectre.Console;
using Fairlead.Web.Contracts;

namespace Fairlead.Commands;

/// <summary>Encrypts secrets with another key.</summary>
internal sealed class SecretRotateCommand() : CliCommand(
    "rotate",
    "Encrypt all secrets with a new key, or with the first key of the file that FAIRLEAD_SECRETS_KEY_FILE names. Their values stay as they are.",
    "fairlead secret rotate")
{
    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var answer = await client.PostAsync("/api/secrets/rotate", new UserBody(CommandContext.User), WebJson.Default.UserBody, WebJson.Default.RotationAnswer, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(answer, WebJson.Default.RotationAnswer);
        else
            context.Out.MarkupLineInterpolated($"encrypted anew: {answer.Secrets} secrets");
        return ExitCodes.Success;
    }
}
