using System.CommandLine;
using Fairlead.Client;
using Fairlead.CommandLine;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Sends a file of outcomes, or the rows of SQL over files of this machine, whole.</summary>
internal static class OutcomeUpload
{
    private const string Parquet = "application/vnd.apache.parquet";
    private static readonly Option<string?> Service = new("--service") { Description = "The rows name units of this service, which declares 'outcome: { key: unit, window: … }'." };
    private static readonly Option<string?> Environment = new("--environment") { Description = "Only predictions of this environment; else of all.", HelpName = "name" };
    private static readonly Option<string?> IdColumn = new("--id-column") { Description = "Column of prediction ids. Default: prediction, prediction_id or id.", HelpName = "column" };
    private static readonly Option<string?> UnitColumn = new("--unit-column") { Description = "Column of units. Default: unit.", HelpName = "column" };
    private static readonly Option<string?> TimeColumn = new("--time-column") { Description = "Column that says when each became true. Default: time, if there is one; else now.", HelpName = "column" };
    private static readonly Option<string[]> Values = new("--value") { Description = "Column of a value; may come several times. Default: all others.", HelpName = "column" };
    private static readonly Option<string[]> Texts = new("--text") { Description = "Column of texts, also where most look like numbers; may come several times. Default: what is mostly numbers is numbers.", HelpName = "column" };
    private static readonly Option<bool> SkipBad = new("--skip-bad") { Description = "Leave out rows that cannot be taken, and report them; else one of them refuses the file." };

    public static void AddTo(Command command)
    {
        foreach (var option in new Option[] { Service, Environment, IdColumn, UnitColumn, TimeColumn, Values, Texts, SkipBad })
            command.Options.Add(option);
    }

    /// <summary>True for what is no JSON lines in the form of the API.</summary>
    public static bool Takes(ParseResult parse, string source) =>
        TypeOf(source) is { } type && (type != "application/x-ndjson" || parse.GetValue(Service) is not null || parse.GetValue(IdColumn) is not null) || IsSql(source);

    public static async Task<int> RunAsync(ParseResult parse, CommandContext context, ApiClient client, string source, CancellationToken cancellationToken)
    {
        using var folder = IsSql(source) ? OwnedTempFolder.Create("fairlead-outcomes-") : null;
        var path = folder is null ? source : await ExportAsync(source, folder.Path, cancellationToken);
        if (!File.Exists(path))
            throw FairleadException.NotFound($"There is no file '{path}'; name a .csv, .parquet or .jsonl file, or give SQL that begins with select, from or with.");
        await using var file = File.OpenRead(path);
        await using var watched = new WatchedStream(file, Console.IsErrorRedirected ? null : sent => Console.Error.Write($"\r{Sizes.Describe(sent)} of {Sizes.Describe(file.Length)} sent "));
        var answer = await client.UploadAsync($"/api/outcomes/import?{Mapping(parse)}", watched, folder is null ? TypeOf(source)! : Parquet, WebJson.Default.OutcomeImportAnswer, cancellationToken);
        if (!Console.IsErrorRedirected)
            Console.Error.WriteLine();
        Report(context, answer);
        return ExitCodes.Success;
    }

    private static void Report(CommandContext context, OutcomeImportAnswer answer)
    {
        foreach (var problem in answer.Problems)
            context.Error.MarkupLineInterpolated($"[yellow]left out[/] {problem}");
        if (context.IsJson)
            CommandContext.WriteJson(answer, WebJson.Default.OutcomeImportAnswer);
        else
            context.Out.MarkupLineInterpolated($"{Count(answer.Recorded)} recorded{(answer.Skipped > 0 ? $", {answer.Skipped} {(answer.Skipped == 1 ? "row" : "rows")} left out" : "")}");
    }

    public static string Count(long outcomes) => outcomes == 1 ? "1 outcome" : $"{outcomes} outcomes";

    private static string? TypeOf(string source) => Path.GetExtension(source).ToLowerInvariant() switch
    {
        ".csv" => "text/csv",
        ".parquet" or ".pq" => Parquet,
        ".jsonl" or ".ndjson" => "application/x-ndjson",
        _ => null,
    };

    private static bool IsSql(string source)
    {
        var word = source.AsSpan().TrimStart();
        return word.IndexOfAny(' ', '\n', '\t') is > 0 and var end && word[..end].ToString().ToLowerInvariant() is "select" or "from" or "with";
    }

    private static string Mapping(ParseResult parse)
    {
        var pairs = new List<(string Name, string? Value)>
        {
            ("service", parse.GetValue(Service)), ("environment", parse.GetValue(Environment)), ("id", parse.GetValue(IdColumn)), ("unit", parse.GetValue(UnitColumn)),
            ("time", parse.GetValue(TimeColumn)), ("skipBad", parse.GetValue(SkipBad) ? "true" : null),
        };
        pairs.AddRange((parse.GetValue(Values) ?? []).Select(value => ("value", (string?)value)));
        pairs.AddRange((parse.GetValue(Texts) ?? []).Select(text => ("text", (string?)text)));
        return string.Join('&', pairs.Where(pair => pair.Value is not null).Select(pair => $"{pair.Name}={Uri.EscapeDataString(pair.Value!)}"));
    }

    /// <summary>Runs the user's own SQL over the user's own files, here.</summary>
    private static async Task<string> ExportAsync(string sql, string folder, CancellationToken cancellationToken)
    {
        var path = Path.Combine(folder, "outcomes.parquet");
        try
        {
            await Task.Run(
                () =>
                {
                    using var database = DuckDbDatabase.OpenInMemory();
                    using var connection = database.Connect();
                    connection.Execute($"COPY ({sql.TrimEnd().TrimEnd(';')}\n) TO {DuckDbText.Literal(path)} (FORMAT parquet, COMPRESSION zstd)", cancellationToken);
                },
                cancellationToken);
            return path;
        }
        catch (DuckDbException e)
        {
            throw new FairleadException(ProblemKind.Invalid, $"The SQL failed: {e.Message}", e);
        }
    }
}
