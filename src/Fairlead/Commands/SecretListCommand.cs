using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Lists secrets.</summary>
internal sealed class SecretListCommand() : CliCommand("list", "List the secrets that are kept, without their values.", "fairlead secret list", "fairlead secret list --format json")
{
    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var secrets = await client.GetAsync("/api/secrets", WebJson.Default.IReadOnlyListSecretEntry, cancellationToken);
        if (context.IsJson)
        {
            CommandContext.WriteJson(secrets, WebJson.Default.IReadOnlyListSecretEntry);
            return ExitCodes.Success;
        }

        var table = new Table { Border = TableBorder.Simple }.AddColumns("secret", "environment", "version", "set", "by");
        foreach (var secret in secrets)
            table.AddRow(new Text(secret.Name), new Text(secret.Environment ?? "all"), new Text($"{secret.Version}"), new Text(secret.SetAt.ToString("yyyy-MM-dd HH:mm:ss'Z'")), new Text(secret.SetBy));
        context.Out.Write(table);
        return ExitCodes.Success;
    }
}
