using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Predictions.Keeping;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Re-hashes the store and the predictions.</summary>
internal sealed class FsckCommand : CliCommand
{
    private static readonly Option<bool> Repair = new("--repair") { Description = "Set damaged blobs aside, and fetch them and missing ones from the project's registry where that has them." };

    /// <param name="called">As it is written, for the examples.</param>
    public FsckCommand(string called)
        : base(
            "fsck",
            "Re-hash every stored blob, file of predictions and log segment, and name what is damaged or missing and what it belongs to.",
            called,
            $"{called} --repair",
            $"{called} --format json || echo damaged") =>
        Options.Add(Repair);

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var path = parse.GetValue(Repair) ? "/api/store/repair" : "/api/store/check";
        var answer = await client.PostAsync(path, new UserBody(CommandContext.User), WebJson.Default.UserBody, WebJson.Default.StoreCheckAnswer, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(answer, WebJson.Default.StoreCheckAnswer);
        else
            Print(context, answer);
        return IsWhole(answer) ? ExitCodes.Success : ExitCodes.Damaged;
    }

    private static void Print(CommandContext context, StoreCheckAnswer answer)
    {
        PrintPredictions(context, answer.Predictions);
        if (IsWhole(answer))
            context.Error.MarkupLine("every blob matches its digest, and so does every file of predictions");
        if (answer.Damaged.Count + answer.Missing.Count == 0)
            return;
        var table = new Table { Border = TableBorder.Simple }.AddColumns("state", "digest", "belongs to", "repair");
        foreach (var (state, finding) in answer.Damaged.Select(finding => ("damaged", finding)).Concat(answer.Missing.Select(finding => ("missing", finding))))
            table.AddRow(new Text(state, new Style(Color.Red)), new Text(finding.Digest.ToString()), new Text(string.Join(", ", finding.UsedBy)), new Text(finding.Cure ?? ""));
        context.Out.Write(table);
        if (IsCured(answer))
            return;
        context.Error.MarkupLine("Put the original file of a dataset back and register it again, or run the step that made an output again: the store then mends the blob.");
    }

    /// <summary>All of it could be fetched again.</summary>
    private static bool IsCured(StoreCheckAnswer answer) => answer.Damaged.Concat(answer.Missing).All(finding => finding.Cure?.StartsWith("fetched", StringComparison.Ordinal) == true);

    private static bool IsWhole(StoreCheckAnswer answer) => answer.Damaged.Count + answer.Missing.Count + answer.Predictions.Damaged.Count == 0;

    private static void PrintPredictions(CommandContext context, PredictionCheckReport report)
    {
        if (report.Damaged.Count + report.Quarantined.Count > 0)
        {
            var table = new Table { Border = TableBorder.Simple }.AddColumns("file of predictions", "problem", "rows");
            foreach (var file in report.Damaged.Concat(report.Quarantined))
                table.AddRow(new Text(file.Path), new Text(file.Problem, new Style(Color.Red)), new Text($"{file.Rows}"));
            context.Out.Write(table);
        }

        if (report.Damaged.Count > 0)
            context.Error.MarkupLine("Put a good copy in a damaged file's place, or let queries go on without it by 'fairlead predictions quarantine'.");
        foreach (var path in report.Unlisted)
            context.Error.MarkupLineInterpolated($"[yellow]warning:[/] the catalog does not know '{path}'; move it away, or whoever reads the folder as plain Parquet reads its rows too");
        if (report.Unverified.Count > 0)
            context.Error.MarkupLineInterpolated($"[grey]{report.Unverified.Count} files are from before digests were kept; nobody can tell whether they are whole[/]");
    }
}
