using System.Globalization;
using Fairlead.Domain.Artifacts;
using Fairlead.Steps.Comparison;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints runs side by side.</summary>
internal static class RunComparisonPrinter
{
    private const int MostFiles = 30;

    public static void Print(IAnsiConsole console, RunComparison comparison, bool isWhole)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumn("").AddColumn("");
        foreach (var run in comparison.Runs)
            table.AddColumn(new TableColumn(new Text(RunTable.Name(run))));
        table.AddRow([new Text("status"), new Text(""), .. comparison.Runs.Select(run => new Text(RunStatusText.Of(run.Status), RunTable.StyleOf(run.Status)))]);
        table.AddRow([new Text("commit"), new Text(""), .. comparison.Runs.Select(run => new Text(run.Commit.Short))]);
        table.AddRow([new Text("took"), new Text(""), .. comparison.Runs.Select(run => new Text(run.FinishedAt is { } end ? $"{(end - run.StartedAt).TotalSeconds:0.00} s" : "-"))]);
        foreach (var metric in comparison.Metrics)
            table.AddRow([new Text("metric"), new Text(metric.Name), .. metric.Values.Select((value, place) => Number(value, metric.Best.Contains(place)))]);
        Add("parameter", comparison.Parameters);
        Add("input", comparison.Inputs);
        Add("code", [.. comparison.Code.Take(MostFiles)]);
        Add("key", comparison.Surroundings);
        Add("output", comparison.Outputs);
        console.Write(table);
        if (comparison.Code.Count > MostFiles)
            console.MarkupLineInterpolated($"[grey]and {comparison.Code.Count - MostFiles} more files of code[/]");
        foreach (var explanation in comparison.Explanations)
            RunExplanationPrinter.Print(console, explanation);

        void Add(string label, IReadOnlyList<ComparedValue> values)
        {
            foreach (var value in values.Where(value => isWhole || value.Differs))
                table.AddRow([new Text(label), new Text(value.Name), .. value.Values.Select(text => new Text(Short(text)))]);
        }
    }

    /// <summary>Digests in full say nothing to people.</summary>
    private static string Short(string? text) =>
        text is null ? "-" : string.Join(' ', text.Split(' ').Select(word => Digest.TryParse(word, out var digest) ? digest.Short : word));

    private static Text Number(double? value, bool isBest) =>
        new(value is { } number ? number.ToString("0.######", CultureInfo.InvariantCulture) + (isBest ? " *" : "") : "-", isBest ? new Style(Color.Green) : null);
}
