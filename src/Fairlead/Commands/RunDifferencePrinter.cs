using Fairlead.Steps.Comparison;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Prints how two runs differ.</summary>
internal static class RunDifferencePrinter
{
    public static void Print(IAnsiConsole console, RunDifference difference)
    {
        if (difference.SameKey)
            console.MarkupLineInterpolated($"[grey]Both have the same key: one could stand for the other.[/]");
        var table = new Table { Border = TableBorder.Simple }
            .AddColumn("")
            .AddColumn("")
            .AddColumn(new TableColumn(new Text(difference.Left.ToString())))
            .AddColumn(new TableColumn(new Text(difference.Right.ToString())))
            .AddColumn("change");
        table.AddRow(new Text("commit"), new Text(""), new Text(difference.LeftCommit.Short), new Text(difference.RightCommit.Short));
        Add("parameter", difference.Parameters);
        foreach (var metric in difference.Metrics)
            table.AddRow(new Text("metric"), new Text(metric.Name), new Text(Number(metric.Left)), new Text(Number(metric.Right)), new Text(metric.Change is { } change ? $"{change:+0.######;-0.######;0}" : ""));
        Add("input", difference.Inputs);
        Add("key", difference.Code);
        Add("output", difference.Outputs);
        console.Write(table);

        void Add(string label, IReadOnlyList<ValueDifference> values)
        {
            foreach (var value in values)
                table.AddRow(new Text(label), new Text(value.Name), new Text(value.Left ?? "-"), new Text(value.Right ?? "-"));
        }
    }

    private static string Number(double? value) => value is { } number ? number.ToString("0.######") : "-";
}
