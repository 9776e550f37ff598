using System.CommandLine;
using System.Globalization;
using Fairlead.CommandLine;
using Fairlead.Predictions.Keeping;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Lists how much there is by environment, service and day.</summary>
internal sealed class PredictionsListCommand : CliCommand
{
    private static readonly Option<string?> Environment = new("--environment") { Description = "Only predictions of this environment.", HelpName = "name" };
    private static readonly Option<string?> Service = new("--service") { Description = "Only predictions of this service.", HelpName = "name" };

    public PredictionsListCommand()
        : base("list", "List rows, bytes and files of predictions by environment, service and day.", "fairlead predictions list", "fairlead predictions list --environment prod --format json")
    {
        Aliases.Add("sizes");
        Options.Add(Environment);
        Options.Add(Service);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var filters = new[] { ("environment", parse.GetValue(Environment)), ("service", parse.GetValue(Service)) }
            .Where(filter => filter.Item2 is not null)
            .Select(filter => $"{filter.Item1}={Uri.EscapeDataString(filter.Item2!)}");
        var sizes = await client.GetAsync($"/api/predictions/sizes?{string.Join('&', filters)}", KeepingJson.Default.PredictionSizes, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(sizes, KeepingJson.Default.PredictionSizes);
        else
            Print(context, sizes);
        return ExitCodes.Success;
    }

    private static void Print(CommandContext context, PredictionSizes sizes)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("environment", "service", "day", "rows", "size", "files", "oldest", "missing");
        foreach (var size in sizes.Predictions)
            AddRow(table, size.Environment!, size.Service!, size);
        foreach (var size in sizes.Outcomes)
            AddRow(table, "", "(outcomes)", size);
        context.Out.Write(table);
        context.Error.MarkupLineInterpolated($"{sizes.Predictions.Sum(size => size.Rows)} predictions in {sizes.Predictions.Sum(size => size.Files)} files; {sizes.LogSegments} segments are in the log");
    }

    private static void AddRow(Table table, string environment, string service, PartitionSize size) => table.AddRow(
        new Text(environment),
        new Text(service),
        new Text(size.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        new Text(size.Rows.ToString(CultureInfo.InvariantCulture)),
        new Text(Sizes.Describe(size.Bytes)),
        new Text(size.Files.ToString(CultureInfo.InvariantCulture)),
        new Text(size.Oldest?.ToString("HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? ""),
        new Text(size.MissingRows == 0 ? "" : size.MissingRows.ToString(CultureInfo.InvariantCulture), new Style(Color.Red)));
}
