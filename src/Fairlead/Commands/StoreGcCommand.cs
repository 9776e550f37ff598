using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Artifacts.Keeping;
using Fairlead.Domain.Problems;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Removes from the store what nothing recorded needs.</summary>
internal sealed class StoreGcCommand : CliCommand
{
    private static readonly Option<bool> Dry = new("--dry") { Description = "Only say what would be freed." };
    private static readonly Option<int?> KeepRuns = new("--keep-runs") { Description = $"Newest runs of each step and variant that keep their outputs, beside those that something needs. Default: {KeepRules.DefaultRuns}." };
    private static readonly Option<int?> KeepDatasets = new("--keep-datasets") { Description = $"Newest versions of each dataset that are kept, beside those that something needs. Default: {KeepRules.DefaultDatasetVersions}." };
    private static readonly Option<string?> Grace = new("--grace") { Description = "What was put or used within this time is kept, such as 30m, 12h or 7d. Default: 1d." };

    /// <param name="called">As it is written, for the examples.</param>
    public StoreGcCommand(string called)
        : base(
            "gc",
            "Free what no release, model, tag, experiment or other record needs, and of runs and datasets all but the newest.",
            $"{called} --dry",
            $"{called} --keep-runs 2 --grace 1h")
    {
        Options.Add(Dry);
        Options.Add(KeepRuns);
        Options.Add(KeepDatasets);
        Options.Add(Grace);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var grace = parse.GetValue(Grace) is { } text ? SecondsOf(text) : (long?)null;
        var body = new CleaningBody(parse.GetValue(Dry), parse.GetValue(KeepRuns), parse.GetValue(KeepDatasets), grace, CommandContext.User);
        var report = await client.PostAsync("/api/store/clean", body, WebJson.Default.CleaningBody, WebJson.Default.CleaningReport, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(report, WebJson.Default.CleaningReport);
        else
            Print(context, report);
        return ExitCodes.Success;
    }

    private static void Print(CommandContext context, CleaningReport report)
    {
        if (report.Rows.Count > 0)
        {
            var table = new Table { Border = TableBorder.Simple }.AddColumns("what", "of", "blobs", "size");
            foreach (var row in report.Rows)
                table.AddRow(new Text(row.Kind == CleaningRow.Nothing ? "named by nothing" : row.Kind), new Text(row.Name ?? ""), new Text($"{row.Blobs}"), new Text(Sizes.Describe(row.Bytes)));
            context.Out.Write(table);
        }

        context.Out.MarkupLineInterpolated($"{(report.IsDry ? "would free" : "freed")} {Sizes.Describe(report.Bytes)} in {report.Blobs} blobs; {Sizes.Describe(report.KeptBytes)} in {report.KeptBlobs} are needed");
        if (report.YoungBlobs > 0)
            context.Error.MarkupLineInterpolated($"[grey]{Sizes.Describe(report.YoungBytes)} in {report.YoungBlobs} blobs are needed by nothing, and were of use a short time ago: see --grace[/]");
        if (report.Runs > 0)
            context.Error.MarkupLineInterpolated($"[grey]{report.Runs} older runs do not keep their outputs: they stay in the list, and run again when they are needed[/]");
    }

    private static long SecondsOf(string text)
    {
        var unit = text.Length > 1 ? text[^1] : '\0';
        var factor = unit switch { 's' => 1, 'm' => 60, 'h' => 3600, 'd' => 86_400, _ => 0 };
        return factor > 0 && int.TryParse(text.AsSpan(0, text.Length - 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var count)
            ? (long)count * factor
            : throw FairleadException.Invalid($"'{text}' is no period; write a number with s, m, h or d, such as '12h'.");
    }
}
