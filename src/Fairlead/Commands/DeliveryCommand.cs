using System.CommandLine;
using System.Globalization;
using Fairlead.CommandLine;
using Fairlead.Delivery.Measures;
using Fairlead.Delivery.Serialization;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Says how delivery went.</summary>
internal sealed class DeliveryCommand : CliCommand
{
    private static readonly Argument<string?> Environment = new("environment") { Description = "Only this one.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> Since = new("--since") { Description = "How far back: 36h, 30d, 4w; else 30 days.", HelpName = "period" };

    public DeliveryCommand()
        : base(
            "delivery",
            "See how delivery went: deployments, their failures, lead time of changes, time to restore, time waiting for judgment.",
            "fairlead delivery",
            "fairlead delivery prod --since 90d",
            "fairlead delivery --format json")
    {
        Arguments.Add(Environment);
        Options.Add(Since);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        List<string> query = [];
        if (parse.GetValue(Environment) is { } environment)
            query.Add($"environment={Uri.EscapeDataString(environment)}");
        if (parse.GetValue(Since) is { } since)
            query.Add(string.Create(CultureInfo.InvariantCulture, $"days={KpiText.Days(since)}"));
        using var client = context.Connect();
        var report = await client.GetAsync("/api/delivery" + (query.Count == 0 ? "" : $"?{string.Join('&', query)}"), DeliveryJson.Default.DeliveryReport, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(report, DeliveryJson.Default.DeliveryReport);
        else
            Print(context, report);
        return ExitCodes.Success;
    }

    private static void Print(CommandContext context, DeliveryReport report)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("environment", "deployments", "a week", "failed", "lead time", "to restore", "judgment");
        foreach (var measure in report.Environments.Append(report.Project))
        {
            table.AddRow(
                new Text(measure.Environment ?? "all"),
                new Text($"{measure.Deployments}"),
                new Text(measure.PerWeek.ToString("0.#", CultureInfo.InvariantCulture)),
                new Text(measure.FailureRate is { } rate ? $"{measure.Failed} ({(rate * 100).ToString("0.#", CultureInfo.InvariantCulture)} %)" : "–"),
                new Text(Describe(measure.LeadTime)),
                new Text(Describe(measure.TimeToRestore) + (measure.Unrestored > 0 ? $", {measure.Unrestored} open" : "")),
                new Text(Describe(measure.JudgmentWait) + (measure.Waiting > 0 ? $", {measure.Waiting} wait" : "")));
        }

        context.Out.Write(table);
        context.Out.MarkupLineInterpolated($"[grey]since {PipelineText.Time(report.Since)}; medians, and how long nine of ten took[/]");
        foreach (var note in report.Notes)
            context.Out.MarkupLineInterpolated($"[yellow]{note}[/]");
    }

    private static string Describe(Spread? spread) => spread is null ? "–" : $"{Time(spread.Median)} / {Time(spread.Ninetieth)}";

    private static string Time(double seconds) => TimeSpan.FromSeconds(seconds) switch
    {
        { TotalMinutes: < 1 } brief => string.Create(CultureInfo.InvariantCulture, $"{brief.TotalSeconds:0.0}s"),
        { TotalHours: < 1 } minutes => string.Create(CultureInfo.InvariantCulture, $"{minutes.TotalMinutes:0.0}m"),
        { TotalDays: < 2 } hours => string.Create(CultureInfo.InvariantCulture, $"{hours.TotalHours:0.0}h"),
        var days => string.Create(CultureInfo.InvariantCulture, $"{days.TotalDays:0.0}d"),
    };
}
