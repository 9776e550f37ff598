using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Services;
using Fairlead.Replay;
using Fairlead.Replay.Orders;
using Fairlead.Replay.Reporting;
using Fairlead.Web.Contracts;

namespace Fairlead.Commands;

/// <summary>Scores recorded predictions again.</summary>
internal sealed class ReplayCommand : CliCommand
{
    private static readonly Argument<string?> Service = new("service") { Description = "Whose predictions are scored again.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<string?> From = new("--from") { Description = "The environment whose live predictions they are.", HelpName = "environment" };
    private static readonly Option<string?> Since = new("--since") { Description = "Predictions from then on: a time such as 2026-05-01T06:00Z, or how long ago, such as 7d.", HelpName = "time" };
    private static readonly Option<string?> Until = new("--until") { Description = "And before then, in the same form. Default: now.", HelpName = "time" };
    private static readonly Option<string?> Where = new("--where") { Description = "A condition in SQL over the columns of predictions.", HelpName = "sql" };
    private static readonly Option<long?> Limit = new("--limit") { Description = "Predictions at most, drawn evenly.", HelpName = "rows" };
    private static readonly Option<double?> Sample = new("--sample") { Description = "Share of the predictions, drawn evenly, such as 0.1.", HelpName = "share" };
    private static readonly Option<string?> Model = new("--model") { Description = "What scores them: a model version (late@3), a run (train-7), a release (v004) or a server group. Default: the newest release.", HelpName = "target" };
    private static readonly Option<string?> Environment = new("--environment") { Description = "Whose configuration a release is given, as a deployment to it would. Default: that of '--from'.", HelpName = "environment" };
    private static readonly Option<string[]> Transform = new("--transform-config") { Description = "For a chain: SQL in place of that of a stage, as STAGE=SQL or STAGE=@FILE, stages from 1.", HelpName = "stage=sql" };
    private static readonly Option<string[]> By = new("--by") { Description = "Divides the report: inputs or expressions over a prediction, with commas between them.", HelpName = "columns" };
    private static readonly Option<string?> Score = new("--score") { Description = "What is judged: an output, or an expression over output.", HelpName = "sql" };
    private static readonly Option<string?> Label = new("--label") { Description = "What was true: a field of the outcome, or an expression over outcome.", HelpName = "sql" };
    private static readonly Option<EvaluationTask?> TaskKind = new("--task") { Description = "How they are compared. Default: what the outcomes look like." };
    private static readonly Option<double?> Threshold = new("--threshold") { Description = "Scores from here on are a yes. Default: 0.5." };
    private static readonly Option<double?> Tolerance = new("--tolerance") { Description = "Numbers that differ by at most this share of the larger agree. Default: 1e-6." };
    private static readonly Option<bool> Alone = new("--alone") { Description = "Scores each row in a call of its own, for models that round a row otherwise among others." };
    private static readonly Option<int?> Resume = new("--resume") { Description = "Goes on with a replay that ended before it was done.", HelpName = "number" };
    private static readonly Option<string?> Output = new("--output") { Description = "Writes the report as JSON to a file.", HelpName = "file" };

    public ReplayCommand()
        : base(
            "replay",
            "Score recorded predictions again by another model version, and compare.",
            "fairlead replay late --from prod --since 7d --model late@3",
            "fairlead replay late --from prod --since 2026-05-01 --until 2026-06-01 --model train-12 --by origin --output report.json",
            "fairlead replay --resume 4",
            "fairlead replay list",
            "fairlead replay show 4 --format json")
    {
        Arguments.Add(Service);
        foreach (var option in new Option[] { From, Since, Until, Where, Limit, Sample, Model, Environment, Transform, By, Score, Label, TaskKind, Threshold, Tolerance, Alone, Resume, Output })
            Options.Add(option);
        Subcommands.Add(new ReplayListCommand());
        Subcommands.Add(new ReplayShowCommand());
    }

    protected override async Task<int> RunAsync(ParseResult parse, CommandContext context, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var lines = parse.GetValue(Resume) is { } number
            ? client.StreamAsync($"/api/replays/{number}/resume", new UserBody(CommandContext.User), WebJson.Default.UserBody, cancellationToken)
            : client.StreamAsync("/api/replays", Order(parse, context.Time.GetUtcNow()), ReplayJson.Default.ReplayOrder, cancellationToken);
        var line = await new ReplayCommandView(context.Error).FollowAsync(lines, cancellationToken)
            ?? throw FairleadException.Unavailable("The control plane ended before the replay did; once it is up again, 'fairlead replay list' has its number and '--resume' goes on.");
        var report = line.Deserialize(ReplayJson.Default.ReplayReport)!;
        if (parse.GetValue(Output) is { } path)
            await File.WriteAllTextAsync(path, JsonSerializer.Serialize(report, ReplayJson.Default.ReplayReport), cancellationToken);
        Print(context, report);
        return ExitCodes.Success;
    }

    internal static void Print(CommandContext context, ReplayReport report)
    {
        if (context.IsJson)
            CommandContext.WriteJson(report, ReplayJson.Default.ReplayReport);
        else
            new ReplayCommandPrinter(context.Out).Print(report);
    }

    private static ReplayOrder Order(ParseResult parse, DateTimeOffset now) => new()
    {
        Service = parse.GetValue(Service) ?? throw FairleadException.Invalid("Say whose predictions are replayed, such as 'fairlead replay late --from prod --since 7d', or which replay goes on by '--resume'."),
        From = parse.GetValue(From) ?? throw FairleadException.Invalid("Say from which environment the predictions are, by '--from'."),
        Since = Time("--since", parse.GetValue(Since) ?? throw FairleadException.Invalid("Say since when, by '--since', such as '--since 7d'."), now),
        Until = parse.GetValue(Until) is { } until ? Time("--until", until, now) : null,
        Where = parse.GetValue(Where),
        Limit = parse.GetValue(Limit),
        Sample = parse.GetValue(Sample),
        Target = parse.GetValue(Model),
        Environment = parse.GetValue(Environment),
        Transforms = (parse.GetValue(Transform) ?? []).Select(Override).ToDictionary(pair => pair.Stage, pair => pair.Sql),
        By = [.. (parse.GetValue(By) ?? []).SelectMany(Columns)],
        Score = parse.GetValue(Score),
        Label = parse.GetValue(Label),
        Task = parse.GetValue(TaskKind),
        Threshold = parse.GetValue(Threshold),
        Tolerance = parse.GetValue(Tolerance),
        IsAlone = parse.GetValue(Alone),
        User = CommandContext.User,
    };

    // Commas within parentheses belong to an expression.
    private static IEnumerable<string> Columns(string text)
    {
        var (depth, start) = (0, 0);
        for (var i = 0; i < text.Length; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (text[i] != ',' || depth > 0)
                continue;
            yield return text[start..i].Trim();
            start = i + 1;
        }

        yield return text[start..].Trim();
    }

    private static (int Stage, string Sql) Override(string text)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals < 1 || !int.TryParse(text.AsSpan(0, equals), NumberStyles.None, CultureInfo.InvariantCulture, out var stage))
            throw FairleadException.Invalid($"'{text}' replaces no transform; write STAGE=SQL or STAGE=@FILE, such as '1=@new.sql'.");
        var sql = text[(equals + 1)..];
        return (stage, sql.StartsWith('@') ? File.ReadAllText(sql[1..]) : sql);
    }

    internal static DateTimeOffset Time(string option, string text, DateTimeOffset now)
    {
        var units = new Dictionary<char, double> { ['s'] = 1, ['m'] = 60, ['h'] = 3600, ['d'] = 86_400, ['w'] = 604_800 };
        if (text.Length > 1 && units.TryGetValue(text[^1], out var seconds) && double.TryParse(text.AsSpan(..^1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count) && count * seconds < now.ToUnixTimeSeconds())
            return now - TimeSpan.FromSeconds(count * seconds);
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : throw FairleadException.Invalid($"'{text}' is no time for '{option}'; write one such as '2026-05-01T06:00Z', or how long ago, such as '7d'.");
    }
}
