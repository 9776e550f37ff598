using System.CommandLine;
using System.Globalization;
using Fairlead.CommandLine;
using Fairlead.Monitoring.Canaries;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Lists looks at canaries.</summary>
internal sealed class CanaryListCommand : CliCommand
{
    private static readonly Option<string?> Environment = new("--environment") { Description = "Only there.", HelpName = "name" };
    private static readonly Option<string?> Service = new("--service") { Description = "Only of this service.", HelpName = "name" };
    private static readonly Option<int?> Rollout = new("--rollout") { Description = "Only for this rollout.", HelpName = "number" };
    private static readonly Option<int?> Execution = new("--execution") { Description = "Only for this execution of a pipeline.", HelpName = "number" };
    private static readonly Option<int?> Limit = new("--limit") { Description = "How many at most; else 50.", HelpName = "number" };

    public CanaryListCommand()
        : base("list", "List the looks that were taken at canaries, newest first.", "fairlead canary list", "fairlead canary list --environment prod", "fairlead canary list --rollout 12 --format json")
    {
        Options.Add(Environment);
        Options.Add(Service);
        Options.Add(Rollout);
        Options.Add(Execution);
        Options.Add(Limit);
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var query = new List<string>();
        Add(query, "environment", parse.GetValue(Environment));
        Add(query, "service", parse.GetValue(Service));
        Add(query, "rollout", parse.GetValue(Rollout)?.ToString(CultureInfo.InvariantCulture));
        Add(query, "execution", parse.GetValue(Execution)?.ToString(CultureInfo.InvariantCulture));
        Add(query, "limit", parse.GetValue(Limit)?.ToString(CultureInfo.InvariantCulture));
        using var client = context.Connect();
        var reports = await client.GetAsync($"/api/canaries{(query.Count > 0 ? "?" : "")}{string.Join('&', query)}", CanariesJson.Default.IReadOnlyListCanaryReport, cancellationToken);
        if (context.IsJson)
            CommandContext.WriteJson(reports, CanariesJson.Default.IReadOnlyListCanaryReport);
        else
            Print(context.Out, reports);
        return ExitCodes.Success;
    }

    private static void Add(List<string> query, string name, string? value)
    {
        if (value is not null)
            query.Add($"{name}={Uri.EscapeDataString(value)}");
    }

    private static void Print(IAnsiConsole console, IReadOnlyList<CanaryReport> reports)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("canary", "when", "candidate", "control", "look", "score", "verdict", "for");
        foreach (var report in reports)
        {
            table.AddRow(
                new Text(report.Number.ToString(CultureInfo.InvariantCulture)),
                new Text(report.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)),
                new Text(report.Experiment.ToString()),
                new Text(report.Control.ToString()),
                new Text($"{report.Verdict.Window.Look} of {report.Verdict.Window.Looks}"),
                new Text(CanaryText.Score(report.Verdict.Score)),
                new Text(CanaryText.Outcome(report.Verdict.Outcome)),
                new Text(report.Rollout is { } rollout ? $"rollout {rollout}" : report.Execution is { } execution ? $"execution {execution}" : ""));
        }

        console.Write(table);
    }
}
