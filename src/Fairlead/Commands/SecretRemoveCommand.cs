using System.CommandLine;
using Fairlead.CommandLine;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Forgets a secret.</summary>
internal sealed class SecretRemoveCommand : CliCommand
{
    public SecretRemoveCommand()
        : base("remove", "Forget a secret. What runs keeps its value until it ends, and cannot be started anew.", "fairlead secret remove db_password --environment prod")
    {
        Arguments.Add(SecretOptions.Name);
        Options.Add(SecretOptions.Environment);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        await client.DeleteAsync(SecretOptions.PathOf(parse), cancellationToken);
        if (!context.IsJson)
            context.Out.MarkupLineInterpolated($"forgotten: {parse.GetRequiredValue(SecretOptions.Name)}");
        return ExitCodes.Success;
    }
}
