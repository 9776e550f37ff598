using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Re-hashes the store.</summary>
internal sealed class FsckCommand()
    : CliCommand(
        "fsck",
        "Re-hash every stored blob, and name what is damaged or missing and what it belongs to.",
        "fairlead fsck",
        "fairlead fsck --format json || echo damaged")
{
    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var answer = await client.PostAsync("/api/store/check", new UserBody(CommandContext.User), WebJson.Default.UserBody, WebJson.Default.StoreCheckAnswer, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(answer, WebJson.Default.StoreCheckAnswer);
        else
            Print(context, answer);
        return answer.Damaged.Count + answer.Missing.Count == 0 ? ExitCodes.Success : ExitCodes.Damaged;
    }

    private static void Print(CommandContext context, StoreCheckAnswer answer)
    {
        if (answer.Damaged.Count + answer.Missing.Count == 0)
        {
            context.Error.MarkupLine("every blob matches its digest");
            return;
        }

        var table = new Table { Border = TableBorder.Simple }.AddColumns("state", "digest", "belongs to");
        foreach (var (state, finding) in answer.Damaged.Select(finding => ("damaged", finding)).Concat(answer.Missing.Select(finding => ("missing", finding))))
            table.AddRow(new Text(state, new Style(Color.Red)), new Text(finding.Digest.ToString()), new Text(string.Join(", ", finding.UsedBy)));
        context.Out.Write(table);
        context.Error.MarkupLine("Put the original file of a dataset back and register it again, or run the step that made an output again: the store then mends the blob.");
    }
}
