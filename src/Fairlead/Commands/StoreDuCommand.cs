using System.CommandLine;
using Fairlead.CommandLine;
using Fairlead.Domain.Artifacts.Keeping;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Says what takes how much of the store.</summary>
/// <param name="called">As it is written, for the examples.</param>
internal sealed class StoreDuCommand(string called)
    : CliCommand(
        "du",
        "Say what takes how much of the store: by step, dataset and kind of record. What several share is told with each, and counted once in the sum.",
        called,
        $"{called} --format json")
{
    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var report = await client.GetAsync("/api/store/usage", WebJson.Default.UsageReport, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(report, WebJson.Default.UsageReport);
        else
            Print(context, report);
        return ExitCodes.Success;
    }

    private static void Print(CommandContext context, UsageReport report)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("what", "of", "blobs", "size", "its own");
        foreach (var row in report.Rows)
            table.AddRow(new Text(row.Kind), new Text(row.Name ?? ""), new Text($"{row.Blobs}"), new Text(Sizes.Describe(row.Bytes)), new Text(Sizes.Describe(row.OwnBytes)));
        if (report.Rows.Count > 0)
            context.Out.Write(table);
        context.Out.MarkupLineInterpolated($"{Sizes.Describe(report.Bytes)} in {report.Blobs} blobs, each counted once; {Sizes.Describe(report.UnusedBytes)} in {report.UnusedBlobs} are named by nothing");
    }
}
