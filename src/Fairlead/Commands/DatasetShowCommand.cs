using System.CommandLine;
using System.Globalization;
using Fairlead.CommandLine;
using Fairlead.Domain.Datasets;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Shows what is in a version of a dataset.</summary>
internal sealed class DatasetShowCommand : CliCommand
{
    private const int LongestValue = 24;
    private const int MostValues = 3;
    private static readonly Argument<string> Label = new("dataset") { Description = "A dataset, or a version of it such as rides@3; the newest when none is named." };

    public DatasetShowCommand()
        : base("show", "Show what is in a dataset: rows, columns, distributions.", "fairlead dataset show rides", "fairlead dataset show rides@3 --format json")
    {
        Arguments.Add(Label);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var description = await client.GetAsync(DatasetLabel.Parse(parse.GetRequiredValue(Label)).Path("profile"), WebJson.Default.DatasetDescription, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(description, WebJson.Default.DatasetDescription);
        else
            Print(context.Out, description);
        return ExitCodes.Success;
    }

    private static void Print(IAnsiConsole console, DatasetDescription description)
    {
        var version = description.Version;
        console.MarkupLineInterpolated($"[bold]{version.Label}[/]  {version.Artifact.Digest}, {Sizes.Describe(version.Artifact.Size)}");
        console.MarkupLineInterpolated($"[grey]from[/] {version.Path.ReplaceLineEndings(" ")}{(version.Run is { } run ? $" (run {run})" : "")}[grey], registered[/] {version.RegisteredAt:yyyy-MM-dd HH:mm:ss'Z'} [grey]by[/] {version.RegisteredBy} [grey]at commit[/] {version.Commit.Short}");
        if (description.Problem is { } problem)
            console.MarkupLineInterpolated($"[yellow]{problem}[/]");
        if (description.Profile is not { } profile)
            return;
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{profile.Format.ToString().ToLowerInvariant()}, {profile.Files:N0} files, {Sizes.Describe(profile.Bytes)}{(profile.Rows is { } rows ? string.Create(CultureInfo.InvariantCulture, $", {rows:N0} rows, {profile.Columns.Count} columns") : "")}");
        if (profile.Note is { } note)
            console.MarkupLineInterpolated($"[yellow]{note}[/]");
        if (profile.Columns.Count > 0)
            console.Write(Table(profile));
    }

    private static Table Table(DatasetProfile profile)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("column", "type", "nulls", "distinct", "min", "median", "max", "mean", "histogram");
        foreach (var column in profile.Columns)
        {
            table.AddRow(
                Cell(column.Name),
                Cell(column.Type),
                Cell(Share(column.Nulls + column.NotFinite, profile.Rows ?? 0)),
                Cell(column.Distinct?.ToString("N0", CultureInfo.InvariantCulture)),
                Cell(column.Min),
                Cell(column.Quantiles.FirstOrDefault(quantile => quantile.Share == 0.5)?.Value),
                Cell(column.Max),
                Cell(column.Mean?.ToString("G5", CultureInfo.InvariantCulture)),
                new Text(column.Histogram is { } histogram ? SparkLine.Of(histogram.Counts) : Values(column)));
        }

        return table;
    }

    private static string Values(ColumnProfile column) =>
        string.Join(", ", column.Top.Take(MostValues).Select(value => string.Create(CultureInfo.InvariantCulture, $"{Short(value.Value)} {value.Rows:N0}")));

    private static string Share(long count, long rows) => count == 0 || rows == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{100.0 * count / rows:0.##} %");

    private static Text Cell(string? text) => new(Short(text ?? ""));

    private static string Short(string text)
    {
        var line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        return line.Length <= LongestValue ? line : line[..(LongestValue - 1)] + "…";
    }
}
