using System.Globalization;
using Fairlead.Sweeps.Running;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Trials of a sweep, a column for each parameter.</summary>
internal static class SweepTable
{
    public static Table Of(SweepRecord sweep, IReadOnlyList<TrialRecord> trials)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumn("trial");
        foreach (var parameter in sweep.Parameters)
            table.AddColumn(Markup.Escape(parameter.Label));
        table.AddColumn(Markup.Escape(sweep.Metric)).AddColumn("run").AddColumn("took").AddColumn("");
        foreach (var trial in trials)
        {
            var style = trial.Status == TrialStatus.Failed ? new Style(Color.Red) : trial.Number == sweep.Best ? new Style(Color.Green) : trial.Status == TrialStatus.Running ? new Style(Color.Yellow) : Style.Plain;
            table.AddRow(
            [
                new Text(trial.Number.ToString(CultureInfo.InvariantCulture), style),
                .. sweep.Parameters.Select(parameter => new Text(trial.Values.TryGetValue(parameter.Label, out var value) ? SweepText.Value(value) : "", style)),
                new Text(trial.Status switch { TrialStatus.Succeeded => SweepText.Number(trial.Value), TrialStatus.Failed => "failed", _ => "running" }, style),
                new Text(trial.Run?.ToString() ?? "", style),
                new Text(trial.Status == TrialStatus.Running ? "" : trial.IsReused ? "known" : $"{trial.Seconds:0.0} s", style),
                new Text(trial.Number == sweep.Best ? "best" : SweepText.Remark(trial), style),
            ]);
        }

        return table;
    }
}
