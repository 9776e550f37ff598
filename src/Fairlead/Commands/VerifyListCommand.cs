using System.CommandLine;
using System.Globalization;
using Fairlead.CommandLine;
using Fairlead.Replay.Verification;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Lists the verifications.</summary>
internal sealed class VerifyListCommand : CliCommand
{
    private static readonly Option<int?> Limit = new("--limit") { Description = "How many at most. Default: 50.", HelpName = "rows" };

    public VerifyListCommand()
        : base("list", "List the verifications, newest first; the nightly ones among them.", "fairlead verify list", "fairlead verify list --limit 500 --format json") =>
        Options.Add(Limit);

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var query = parse.GetValue(Limit) is { } limit ? $"?limit={limit}" : "";
        var reports = await client.GetAsync($"/api/verifications{query}", VerificationJson.Default.IReadOnlyListVerificationReport, cancellationToken);
        if (context.IsJson)
        {
            CommandContext.WriteJson(reports, VerificationJson.Default.IReadOnlyListVerificationReport);
            return ExitCodes.Success;
        }

        var table = new Table { Border = TableBorder.Simple }.AddColumns("verification", "at", "by", "service", "environment", "verified", "identical", "rounding", "different", "impossible");
        foreach (var report in reports)
        {
            int[] counts = [report.Checked, report.Identical, report.Rounding, report.Different, report.Impossible];
            table.AddRow(
            [
                new Text(report.Number.ToString(CultureInfo.InvariantCulture)),
                new Text(report.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
                new Text(report.By),
                new Text(report.Service),
                new Text(report.Environment),
                .. counts.Select(count => new Text(count.ToString("N0", CultureInfo.InvariantCulture))),
            ]);
        }

        context.Out.Write(table);
        return ExitCodes.Success;
    }
}
