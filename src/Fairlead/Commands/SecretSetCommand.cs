using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Keeps a secret.</summary>
internal sealed class SecretSetCommand : CliCommand
{
    private const int Longest = 64 * 1024;

    public SecretSetCommand()
        : base(
            "set",
            "Keep a secret; its value is asked for, or read from standard input, and never part of a command line. What runs keeps the old value until it is deployed again or started anew.",
            "fairlead secret set db_password --environment prod",
            "fairlead secret set api_key < key.txt")
    {
        Arguments.Add(SecretOptions.Name);
        Options.Add(SecretOptions.Environment);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var value = await ReadAsync(context, cancellationToken);
        using var client = context.Connect();
        var entry = await client.PutAsync(SecretOptions.PathOf(parse), new SecretBody(value, CommandContext.User), WebJson.Default.SecretBody, WebJson.Default.SecretEntry, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(entry, WebJson.Default.SecretEntry);
        else
            context.Out.MarkupLineInterpolated($"kept [bold]{entry.Name}[/]{(entry.Environment is null ? " for all environments" : $" for {entry.Environment}")}, version {entry.Version}; what runs gets it when it is deployed again");
        return ExitCodes.Success;
    }

    /// <summary>All of the input, as a certificate has many lines; the end of its last line is not a part of it.</summary>
    private static async Task<string> ReadAsync(CommandContext context, CancellationToken cancellationToken)
    {
        if (!Console.IsInputRedirected)
            return await new TextPrompt<string>("Value:").Secret(null).ShowAsync(context.Error, cancellationToken);
        var buffer = new char[Longest + 1];
        var read = await Console.In.ReadBlockAsync(buffer.AsMemory(), cancellationToken);
        if (read > Longest)
            throw FairleadException.Invalid($"The value is longer than {Longest / 1024} KiB; keep it in a file of the host, and refer to it by 'file:'.");
        var text = new string(buffer, 0, read);
        return text.EndsWith('\n') ? text[..^1].TrimEnd('\r') : text;
    }
}
