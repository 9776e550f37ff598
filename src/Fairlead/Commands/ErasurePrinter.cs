using System.Globalization;
using Fairlead.CommandLine;
using Fairlead.Predictions.Keeping;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints an erasure for people.</summary>
internal static class ErasurePrinter
{
    public static void Print(CommandContext context, Erasure erasure)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("file", "rows before", "after", "digest before", "digest after");
        foreach (var file in erasure.Files)
        {
            table.AddRow(
                new Text(file.Path),
                new Text(file.RowsBefore.ToString(CultureInfo.InvariantCulture)),
                new Text(file.RowsAfter.ToString(CultureInfo.InvariantCulture)),
                new Text(file.Digest?.Short ?? ""),
                new Text(file.NewDigest?.Short ?? ""));
        }

        if (erasure.Files.Count > 0)
            context.Out.Write(table);
        context.Out.MarkupLineInterpolated($"erasure {erasure.Number}: {erasure.Predictions} predictions and {erasure.Outcomes} outcomes removed, {erasure.Left ?? 0} left");
        if (erasure.LateOutcomes > 0)
            context.Out.MarkupLineInterpolated($"{erasure.LateOutcomes} outcomes came later for what it erased, and were not kept");
        foreach (var path in erasure.NotSearched)
            context.Error.MarkupLineInterpolated($"[yellow]warning:[/] '{path}' is damaged and could not be searched; delete it if it may hold the unit");
    }
}
