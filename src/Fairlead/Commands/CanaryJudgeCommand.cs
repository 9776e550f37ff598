using System.CommandLine;
using System.Text.Json;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.ProjectFile;
using Fairlead.Statistics.Canary;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Judges two tables of metrics, so that anyone can check what a canary came to.</summary>
internal sealed class CanaryJudgeCommand : CliCommand
{
    private const string OnlyGroup = "metrics";
    private static readonly Option<string> Control = new("--control") { Description = "What is live: CSV or Parquet, a column for each metric, a row for each point; an empty cell is a missing point.", HelpName = "file", Required = true };
    private static readonly Option<string> Experiment = new("--experiment") { Description = "The candidate, in the same columns.", HelpName = "file", Required = true };
    private static readonly Option<string?> Config = new("--config") { Description = "How metrics are judged, in YAML or JSON and in Kayenta's field names; else every column counts alike.", HelpName = "file" };
    private static readonly Option<bool> Paired = new("--paired") { Description = "Each row holds the same request on both sides." };

    public CanaryJudgeCommand()
        : base(
            "judge",
            $"Judge a candidate by its metrics, each with interval and reason; the exit code is 0 when it is good and {ExitCodes.NotGood} when it is not.",
            "fairlead canary judge --control live.csv --experiment candidate.csv --config canary.yaml",
            "fairlead canary judge --control live.parquet --experiment candidate.parquet --paired --format json")
    {
        Options.Add(Control);
        Options.Add(Experiment);
        Options.Add(Config);
        Options.Add(Paired);
    }

    protected override Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        var control = CanarySamples.Read(parse.GetRequiredValue(Control), cancellationToken);
        var experiment = CanarySamples.Read(parse.GetRequiredValue(Experiment), cancellationToken);
        var isPaired = parse.GetValue(Paired);
        if (isPaired && control.Rows != experiment.Rows)
            throw FairleadException.Invalid($"'{experiment.Path}' has {experiment.Rows} rows and '{control.Path}' {control.Rows}; with '--paired' each row is one request on both sides, so give as many.");
        var config = parse.GetValue(Config) is { } path ? ReadConfig(path) : Everything(control, experiment);
        var names = config.Metrics.Select(metric => metric.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var stray in control.Columns.Keys.Union(experiment.Columns.Keys).Where(name => !names.Contains(name)))
            context.Error.MarkupLineInterpolated($"[grey]the column '{stray}' belongs to no metric of the configuration and is left out[/]");
        var series = Pair(config, control, experiment, isPaired);
        var verdict = CanaryJudge.Judge(config, series, CanaryWindow.OfPoints(Math.Max(control.Rows, experiment.Rows)));
        if (context.IsJson)
            CommandContext.WriteJson(verdict, CanaryJson.Default.CanaryVerdict);
        else
            CanaryPrinter.Print(context.Out, verdict, series);
        return Task.FromResult(verdict.Outcome == CanaryOutcome.Pass ? ExitCodes.Success : ExitCodes.NotGood);
    }

    private static CanaryConfig ReadConfig(string path)
    {
        if (!File.Exists(path))
            throw FairleadException.NotFound($"There is no configuration at '{path}'.");
        var (json, problems) = CanaryConfigReader.Read(File.ReadAllText(path));
        if (json is null)
            throw FairleadException.Invalid($"'{path}' cannot be used:{string.Concat(problems.Select(problem => $"\n  {problem}"))}");
        var config = json.Deserialize(CanaryJson.Default.CanaryConfig)!;
        return CanaryJudge.Refuse(config) is { } refused ? throw FairleadException.Invalid($"'{path}' cannot be used: {refused}") : config;
    }

    private static CanaryConfig Everything(CanarySamples control, CanarySamples experiment) =>
        new([.. control.Columns.Keys.Union(experiment.Columns.Keys, StringComparer.Ordinal).Select(name => new CanaryMetricConfig(name, [OnlyGroup]))]);

    private static List<CanaryMetricSeries> Pair(CanaryConfig config, CanarySamples control, CanarySamples experiment, bool isPaired) =>
    [
        .. config.Metrics.Select(metric => new CanaryMetricSeries
        {
            Name = metric.Name,
            Control = control.Columns.GetValueOrDefault(metric.Name) ?? [],
            Experiment = experiment.Columns.GetValueOrDefault(metric.Name) ?? [],
            IsPaired = isPaired,
        }),
    ];
}
