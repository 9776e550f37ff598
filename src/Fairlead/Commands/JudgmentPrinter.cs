using System.Globalization;
using System.Text.Json;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Pipelines.Judgments;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Fairlead.Commands;

/// <summary>A judgment with its evidence, for people.</summary>
internal static class JudgmentPrinter
{
    private const int LongestText = 120;

    public static IRenderable Draw(JudgmentQuestion question)
    {
        var rows = new List<IRenderable>
        {
            new Markup($"[bold]{Markup.Escape(question.Question)}[/]"),
            new Text(Head(question)),
            new Text($"judges: {(question.Judges.Count == 0 ? "everybody with the role of a judge" : string.Join(", ", question.Judges))}; {(question.Needed == 1 ? "one judgment is needed" : $"{question.Needed} must choose the same")}{(question.NeedsComment ? ", with a comment" : "")}"),
        };
        foreach (var section in question.Evidence)
            rows.AddRange(Draw(section));
        rows.Add(new Text(""));
        rows.AddRange(question.Votes.Select(vote => new Text($"{PipelineText.Time(vote.At)}  {vote.By}: {vote.Choice}{(vote.Comment is { } comment ? $", {comment}" : "")}{(vote.Counts ? "" : " (of before)")}")));
        if (question.IsOpen)
            rows.Add(new Markup($"[yellow]fairlead pipeline judge {question.Execution} {Markup.Escape(question.Stage)} {Markup.Escape(string.Join('|', question.Choices))}[/]"));
        else
            rows.Add(new Text($"{question.Status.ToString().ToLowerInvariant()}{(question.Decision is { } decision ? $": {decision}" : "")}"));
        return new Rows(rows);
    }

    private static string Head(JudgmentQuestion question)
    {
        string?[] parts =
        [
            $"stage '{question.Stage}' of execution {question.Execution} ('{question.Pipeline}')",
            question.Release is { } release ? $"release {release}" : null,
            question.Environment is { } environment ? $"for '{environment}'" : null,
            question.AskedAt is { } asked ? $"asked {PipelineText.Time(asked)}" : null,
            question.Deadline is { } deadline ? $"until {PipelineText.Time(deadline)}" : null,
        ];
        return string.Join(", ", parts.OfType<string>());
    }

    private static IEnumerable<IRenderable> Draw(EvidenceSection section)
    {
        yield return new Text("");
        yield return new Markup($"[bold]{Markup.Escape(section.Title)}[/]{(section.Link is { } link ? $" [grey]{Markup.Escape(link)}[/]" : "")}");
        if (section.Problem is { } problem)
            yield return new Markup($"[yellow]missing: {Markup.Escape(problem)}[/]");
        if (section.Note is { } note)
            yield return new Text(note);
        if (section.Data.ValueKind == JsonValueKind.Object)
        {
            foreach (var (name, text) in Flat(section.Data, ""))
                yield return new Text($"  {name}: {text}");
        }
        else if (section.Data.ValueKind == JsonValueKind.Array && section.Data.GetArrayLength() > 0)
        {
            yield return TableOf(section.Data);
        }
    }

    private static Table TableOf(JsonElement rows)
    {
        var columns = rows.EnumerateArray().SelectMany(row => row.EnumerateObject().Select(member => member.Name)).Distinct(StringComparer.Ordinal).ToArray();
        var table = new Table { Border = TableBorder.Simple };
        foreach (var column in columns)
            table.AddColumn(new TableColumn(new Text(column)));
        foreach (var row in rows.EnumerateArray())
            table.AddRow(columns.Select(column => new Text(row.TryGetProperty(column, out var value) ? Value(value) : "")));
        return table;
    }

    private static IEnumerable<(string Name, string Text)> Flat(JsonElement value, string path)
    {
        foreach (var member in value.EnumerateObject())
        {
            var name = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (member.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var inner in Flat(member.Value, name))
                    yield return inner;
            }
            else
            {
                yield return (name, Value(member.Value));
            }
        }
    }

    private static string Value(JsonElement value)
    {
        var text = value.ValueKind switch
        {
            JsonValueKind.Null => "–",
            JsonValueKind.Number when !value.TryGetInt64(out _) => value.GetDouble().ToString("G6", CultureInfo.InvariantCulture),
            JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(Value)),
            JsonValueKind.String => value.GetString()!,
            _ => value.GetRawText(),
        };
        return text.Length <= LongestText ? text : text[..LongestText] + "…";
    }
}
