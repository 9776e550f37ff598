using System.Globalization;
using System.Text.Json;
using Fairlead.Domain.Runs;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>Runs as a table: what all have in common needs no column.</summary>
internal static class RunTable
{
    private const int MostMetrics = 6;
    private const int MostParameters = 6;

    /// <param name="isOfOneStep">Its parameters and metrics become columns of their own.</param>
    public static void Print(IAnsiConsole console, IReadOnlyList<Run> runs, bool isOfOneStep)
    {
        var table = new Table { Border = TableBorder.Simple }.AddColumns("run", "status", "started", "took", "commit");
        var isTagged = runs.Any(run => run.Annotations is { Tags.Count: > 0 });
        var parameters = isOfOneStep ? Differing(runs) : [];
        var metrics = isOfOneStep ? MetricsOf(runs) : [];
        if (isTagged)
            table.AddColumn("tags");
        if (isOfOneStep)
        {
            foreach (var name in parameters.Concat(metrics))
                table.AddColumn(new TableColumn(new Text(name)) { Alignment = metrics.Contains(name) ? Justify.Right : Justify.Left });
        }
        else
        {
            table.AddColumns("parameters", "metrics");
        }

        foreach (var run in runs)
            table.AddRow([.. Cells(run, isTagged), .. isOfOneStep ? Values(run, parameters, metrics) : Words(run)]);
        console.Write(table);
        if (runs.Any(run => run.Annotations is { IsUnsteady: true }))
            console.MarkupLine("[yellow]~[/] [grey]its step does not make the same twice, as 'fairlead verify' found[/]");
    }

    /// <summary>All that is in it, a line for each run.</summary>
    public static void WriteCsv(TextWriter output, IReadOnlyList<Run> runs)
    {
        var parameters = runs.SelectMany(run => run.Parameters.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var metrics = runs.SelectMany(run => run.Metrics.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        Write(["run", "step", "variant", "status", "started", "seconds", "commit", "tags", "verdict", "unsteady", .. parameters.Select(name => $"params.{name}"), .. metrics.Select(name => $"metrics.{name}")]);
        foreach (var run in runs)
        {
            var said = run.Annotations ?? RunAnnotations.None;
            Write(
            [
                run.Id.ToString(), run.Id.Step, run.Variant, RunStatusText.Of(run.Status), run.StartedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), Seconds(run), run.Commit.Commit,
                string.Join(' ', said.Tags.Select(tag => tag.Name)), said.Verdict?.ToString().ToLowerInvariant(), said.IsUnsteady ? "true" : "false",
                .. parameters.Select(name => run.Parameters.TryGetValue(name, out var value) ? Text(value) : null),
                .. metrics.Select(name => run.Metrics.TryGetValue(name, out var value) ? value.ToString("R", CultureInfo.InvariantCulture) : null),
            ]);
        }

        void Write(IEnumerable<string?> fields) => output.WriteLine(string.Join(',', fields.Select(Quote)));
    }

    /// <summary>The run's name, with what else it is called and whether it can be had again.</summary>
    public static string Name(Run run) => $"{run.Id}{(run.Annotations is { IsUnsteady: true } ? " ~" : "")}{(run.Variant is { } variant ? $" {variant}" : "")}";

    public static Style StyleOf(RunStatus status) => new(status == RunStatus.Succeeded ? Color.Green : status == RunStatus.Running ? Color.Yellow : Color.Red);

    private static IEnumerable<Text> Cells(Run run, bool isTagged)
    {
        yield return new Text(Name(run));
        yield return new Text(RunStatusText.Of(run.Status), StyleOf(run.Status));
        yield return new Text(run.StartedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        yield return new Text(Seconds(run) is { } seconds ? $"{seconds} s" : "");
        yield return new Text(run.Commit.Short);
        if (isTagged)
            yield return new Text(string.Join(' ', (run.Annotations ?? RunAnnotations.None).Tags.Select(tag => tag.Name)));
    }

    private static IEnumerable<Text> Words(Run run)
    {
        yield return new Text(string.Join(" ", run.Parameters.Select(parameter => $"{parameter.Key}={parameter.Value}")));
        yield return new Text(string.Join(" ", run.Metrics.Select(metric => $"{metric.Key}={Number(metric.Value)}")));
    }

    private static IEnumerable<Text> Values(Run run, IEnumerable<string> parameters, IEnumerable<string> metrics) =>
    [
        .. parameters.Select(name => new Text(run.Parameters.TryGetValue(name, out var value) ? Text(value) : "-")),
        .. metrics.Select(name => new Text(run.Metrics.TryGetValue(name, out var value) ? Number(value) : "-")),
    ];

    /// <summary>Parameters that are not the same in all.</summary>
    private static List<string> Differing(IReadOnlyList<Run> runs) =>
    [
        .. runs.SelectMany(run => run.Parameters.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(name => runs.Select(run => run.Parameters.TryGetValue(name, out var value) ? value.GetRawText() : null).Distinct(StringComparer.Ordinal).Count() > 1)
            .Take(MostParameters),
    ];

    private static List<string> MetricsOf(IReadOnlyList<Run> runs) =>
        [.. runs.SelectMany(run => run.Metrics.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Take(MostMetrics)];

    private static string? Seconds(Run run) => run.FinishedAt is { } end ? (end - run.StartedAt).TotalSeconds.ToString("0.00", CultureInfo.InvariantCulture) : null;

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();

    private static string Quote(string? field) =>
        field is null ? "" : field.AsSpan().ContainsAny("\",\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;
}
