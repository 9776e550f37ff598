using System.CommandLine;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Fairlead.CommandLine;
using Fairlead.Client;
using Fairlead.Domain.Problems;
using Fairlead.Web.Contracts;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>How a query is run and where its rows go: options and behaviour of every command that runs one.</summary>
internal static class QueryOutput
{
    private const string Table = "table";
    private const string Csv = "csv";
    private const string Parquet = "parquet";
    private static readonly Option<int?> Limit = new("--limit") { Description = "Rows at most.", HelpName = "rows" };
    private static readonly Option<double?> Timeout = new("--timeout") { Description = "Seconds that it may take. Default: 60.", HelpName = "seconds" };
    private static readonly Option<bool> SkipDamaged = new("--skip-damaged") { Description = "Look for damaged files first and leave them out; what is missing is counted." };
    private static readonly Option<string[]> Parameters = new("--param") { Description = "Value of a parameter that the query calls $name; may come several times.", HelpName = "name=value" };
    private static readonly Option<string?> File = new("--output", "-o") { Description = "File that the rows go to; its extension tells the format: .csv, .parquet or .json.", HelpName = "file" };
    private static readonly Option<string?> Format = CreateFormat();

    public static void AddTo(Command command)
    {
        command.Options.Add(Limit);
        command.Options.Add(Timeout);
        command.Options.Add(Parameters);
        command.Options.Add(SkipDamaged);
        command.Options.Add(File);
        command.Options.Add(Format);
    }

    /// <param name="sql">Null where a saved query is named.</param>
    public static async Task RunAsync(ParseResult parse, CommandContext context, string? sql, string? name, CancellationToken cancellationToken)
    {
        using var client = context.Connect();
        var body = new QueryBody(sql, parse.GetValue(Limit)) { Name = name, Parameters = ReadParameters(parse.GetValue(Parameters) ?? []), Timeout = parse.GetValue(Timeout), SkipDamaged = parse.GetValue(SkipDamaged) };
        var file = parse.GetValue(File);
        switch (FormatOf(parse.GetValue(Format), file))
        {
            case Csv:
                await DownloadAsync(client, context, body, "text/csv", file, cancellationToken);
                break;
            case Parquet:
                await DownloadAsync(client, context, body, "application/vnd.apache.parquet", file ?? throw FairleadException.Invalid("Parquet is no text; name a file by '--output'."), cancellationToken);
                break;
            case GlobalOptions.Json:
                await WriteJsonAsync(StreamAsync(client, context, body, cancellationToken), file, cancellationToken);
                break;
            default:
                await QueryPrinter.PrintTableAsync(context.Out, StreamAsync(client, context, body, cancellationToken), cancellationToken);
                break;
        }
    }

    private static Option<string?> CreateFormat()
    {
        var option = new Option<string?>("--format") { Description = "How rows are printed: table (default), json, csv or parquet; with '--output' its extension tells." };
        option.AcceptOnlyFromAmong(Table, GlobalOptions.Text, GlobalOptions.Json, Csv, Parquet);
        return option;
    }

    private static string FormatOf(string? format, string? file) => format ?? Path.GetExtension(file)?.ToLowerInvariant() switch
    {
        null => Table,
        ".csv" => Csv,
        ".parquet" or ".pq" => Parquet,
        ".json" => GlobalOptions.Json,
        var other => throw FairleadException.Invalid($"The extension '{other}' tells no format; name the file .csv, .parquet or .json, or give '--format'."),
    };

    private static async IAsyncEnumerable<JsonElement> StreamAsync(ApiClient client, CommandContext context, QueryBody body, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var line in client.StreamAsync("/api/query", body, WebJson.Default.QueryBody, cancellationToken))
        {
            if (line.ValueKind == JsonValueKind.Object && line.TryGetProperty("missing", out var missing))
                WarnOfMissing(context, missing.GetProperty("rows").GetRawText(), missing.GetProperty("files").GetRawText());
            yield return line;
        }
    }

    private static void WarnOfMissing(CommandContext context, string rows, string files) =>
        context.Error.MarkupLineInterpolated($"[yellow]warning:[/] {rows} rows of {files} damaged files are missing; see 'fairlead fsck'");

    private static async Task WriteJsonAsync(IAsyncEnumerable<JsonElement> lines, string? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            await using var output = Console.OpenStandardOutput();
            await QueryPrinter.PrintJsonAsync(output, lines, cancellationToken);
        }
        else
        {
            await WriteFileAsync(file, target => QueryPrinter.PrintJsonAsync(target, lines, cancellationToken));
        }
    }

    private static async Task DownloadAsync(ApiClient client, CommandContext context, QueryBody body, string contentType, string? file, CancellationToken cancellationToken)
    {
        if (file is null)
        {
            await using var output = Console.OpenStandardOutput();
            await CopyAsync(output);
            return;
        }

        await WriteFileAsync(file, CopyAsync);
        context.Error.MarkupLineInterpolated($"[grey]{Sizes.Describe(new FileInfo(file).Length)} in '{file}'[/]");

        async Task CopyAsync(Stream target)
        {
            var headers = await client.DownloadAsync("/api/query", body, WebJson.Default.QueryBody, contentType, target, cancellationToken);
            if (headers.TryGetValues("fairlead-missing-rows", out var rows) && headers.TryGetValues("fairlead-missing-files", out var files))
                WarnOfMissing(context, rows.First(), files.First());
        }
    }

    /// <summary>The file appears whole or not at all.</summary>
    private static async Task WriteFileAsync(string file, Func<Stream, Task> write)
    {
        var temporary = $"{file}.{Environment.ProcessId}.tmp";
        try
        {
            await using (var target = System.IO.File.Create(temporary))
                await write(target);
            System.IO.File.Move(temporary, file, overwrite: true);
        }
        finally
        {
            System.IO.File.Delete(temporary);
        }
    }

    // As texts: the query casts them to what it compares them with.
    private static Dictionary<string, JsonElement> ReadParameters(string[] assignments)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var assignment in assignments)
        {
            var sign = assignment.IndexOf('=', StringComparison.Ordinal);
            if (sign < 1)
                throw FairleadException.Invalid($"'{assignment}' gives no parameter a value; write '--param name=value'.");
            values[assignment[..sign]] = JsonSerializer.SerializeToElement(assignment[(sign + 1)..], WebJson.Default.String);
        }

        return values;
    }
}
