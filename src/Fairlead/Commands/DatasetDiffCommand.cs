using System.CommandLine;
using System.Globalization;
using Fairlead.CommandLine;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Serialization;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Compares two versions of a dataset.</summary>
internal sealed class DatasetDiffCommand : CliCommand
{
    private const double Visible = 0.05;
    private static readonly Argument<string> Left = new("left") { Description = "A version such as rides@1." };
    private static readonly Argument<string?> Right = new("right") { Description = "Another version of the same dataset; the newest when none is named.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Key = new("--key") { Description = "Columns that tell rows apart, with commas; else the dataset's key in the project file.", HelpName = "columns" };

    public DatasetDiffCommand()
        : base("diff", "Compare two versions of a dataset: columns, distributions, rows.", "fairlead dataset diff rides@1 rides@2", "fairlead dataset diff rides@1 rides@2 --key id --format json")
    {
        Arguments.Add(Left);
        Arguments.Add(Right);
        Options.Add(Key);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var left = DatasetLabel.Parse(parse.GetRequiredValue(Left));
        var right = parse.GetValue(Right) is { } text ? DatasetLabel.Parse(text) : left with { Version = null };
        if (left.Dataset != right.Dataset)
            throw FairleadException.Invalid($"'{left.Dataset}' and '{right.Dataset}' are different datasets; name two versions of one.");
        if (left.Version is null)
            throw FairleadException.Invalid($"'{left.Dataset}' names no version to compare with the newest; write one, such as '{left.Dataset}@1'.");
        using var client = context.Connect();
        var query = $"left={Uri.EscapeDataString(left.Version)}{(right.Version is { } version ? $"&right={Uri.EscapeDataString(version)}" : "")}{(parse.GetValue(Key) is { } key ? $"&key={Uri.EscapeDataString(key)}" : "")}";
        var difference = await client.GetAsync($"/api/datasets/{Uri.EscapeDataString(left.Dataset)}/difference?{query}", DomainJson.Default.DatasetDifference, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(difference, DomainJson.Default.DatasetDifference);
        else
            Print(context.Out, difference);
        return ExitCodes.Success;
    }

    private static void Print(IAnsiConsole console, DatasetDifference difference)
    {
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"[bold]{difference.Left}[/] {difference.LeftRows:N0} rows, [bold]{difference.Right}[/] {difference.RightRows:N0} rows");
        if (difference.Note is { } note)
            console.MarkupLineInterpolated($"[yellow]{note}[/]");
        if (difference.Rows is { } rows)
        {
            var ambiguous = rows.Ambiguous > 0 ? string.Create(CultureInfo.InvariantCulture, $"; {rows.Ambiguous:N0} keys are of several rows and were not compared") : "";
            console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"by {string.Join(", ", rows.Key)}: {rows.Added:N0} added, {rows.Removed:N0} removed, {rows.Changed:N0} changed{ambiguous}");
            foreach (var column in rows.ChangedColumns)
                console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"  {column.Value} differs in {column.Rows:N0}");
        }

        if (difference.Columns.Count == 0)
            return;
        var table = new Table { Border = TableBorder.Simple }.AddColumns("column", "change", "nulls", "mean", "PSI", "KS", "effect", "left", "right");
        foreach (var column in difference.Columns)
        {
            var style = column.Change != ColumnChange.None || column.Effect > Visible ? new Style(Color.Yellow) : Style.Plain;
            table.AddRow(
                new Text(column.Name, style), new Text(Change(column), style), new Text(Pair(column.LeftNulls, column.RightNulls)),
                new Text(column.LeftMean is null ? "" : $"{Number(column.LeftMean)} > {Number(column.RightMean)}"),
                new Text(Number(column.Stability)), new Text(Number(column.Distance)), new Text(Number(column.Effect), style),
                new Text(SparkLine.Of(column.LeftCells)), new Text(SparkLine.Of(column.RightCells)));
        }

        console.Write(table);
    }

    private static string Change(ColumnDifference column) => column.Change switch
    {
        ColumnChange.Added => $"added, {column.RightType}",
        ColumnChange.Removed => $"removed, {column.LeftType}",
        ColumnChange.Retyped => $"{column.LeftType} > {column.RightType}",
        _ => "",
    };

    private static string Pair(long? left, long? right) =>
        left == right ? left is null or 0 ? "" : left.Value.ToString("N0", CultureInfo.InvariantCulture) : string.Create(CultureInfo.InvariantCulture, $"{left ?? 0:N0} > {right ?? 0:N0}");

    private static string Number(double? value) => value?.ToString("G3", CultureInfo.InvariantCulture) ?? "";
}
