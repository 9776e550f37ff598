using System.CommandLine;
using System.Globalization;
using Fairlead.CommandLine;
using Fairlead.Predictions.Keeping;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Lists what was erased.</summary>
internal sealed class PredictionsErasuresCommand()
    : CliCommand("erasures", "List what was erased, newest first; as JSON with every file that was rewritten.", "fairlead predictions erasures", "fairlead predictions erasures --format json")
{
    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var erasures = await client.GetAsync("/api/predictions/erasures", KeepingJson.Default.IReadOnlyListErasure, cancellationToken);
        if (context.IsJson)
        {
            CommandContext.WriteJson(erasures, KeepingJson.Default.IReadOnlyListErasure);
            return ExitCodes.Success;
        }

        var table = new Table { Border = TableBorder.Simple }.AddColumns("erasure", "status", "requested", "by", "unit (hash)", "environment", "predictions", "outcomes", "left", "files", "reason");
        foreach (var erasure in erasures)
        {
            table.AddRow(
                new Text(erasure.Number.ToString(CultureInfo.InvariantCulture)),
                new Text(erasure.Status == ErasureStatus.Completed ? "completed" : "running", new Style(erasure.Status == ErasureStatus.Completed ? Color.Green : Color.Yellow)),
                new Text(erasure.RequestedAt.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
                new Text(erasure.RequestedBy),
                new Text(erasure.Unit),
                new Text(erasure.Environment ?? "all"),
                new Text(erasure.Predictions.ToString(CultureInfo.InvariantCulture)),
                new Text(erasure.Outcomes.ToString(CultureInfo.InvariantCulture)),
                new Text(erasure.Left?.ToString(CultureInfo.InvariantCulture) ?? ""),
                new Text(erasure.Files.Count.ToString(CultureInfo.InvariantCulture)),
                new Text(erasure.Reason ?? ""));
        }

        context.Out.Write(table);
        return ExitCodes.Success;
    }
}
