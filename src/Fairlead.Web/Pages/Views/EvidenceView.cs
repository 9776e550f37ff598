using System.Text.Json;
using Fairlead.Domain.Pipelines.Activities;

namespace Fairlead.Web.Pages.Views;

/// <summary>A piece of evidence: a table, facts, or why it is missing.</summary>
public sealed record EvidenceView(string Title, string Anchor, string? Note, string? Link, string? Problem, IReadOnlyList<FactView> Facts, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<EvidenceCell>> Rows)
{
    public bool IsEmpty => Facts.Count == 0 && Rows.Count == 0;

    /// <param name="index">Among all evidence of the page.</param>
    public static EvidenceView Of(EvidenceSection section, int index)
    {
        var rows = section.Data.ValueKind == JsonValueKind.Array ? section.Data.EnumerateArray().Where(row => row.ValueKind == JsonValueKind.Object).ToList() : [];
        var columns = rows.SelectMany(row => row.EnumerateObject().Select(member => member.Name)).Distinct(StringComparer.Ordinal).ToList();
        return new EvidenceView(
            section.Title,
            $"evidence-{index}",
            section.Note,
            // A path of this server and nothing else.
            section.Link is { } link && PagePaths.Local(link) == link ? link : null,
            section.Problem,
            section.Data.ValueKind == JsonValueKind.Object ? [.. FlatJson.Of(section.Data).Select(member => new FactView(member.Name, member.Text))] : [],
            columns,
            [.. rows.Select(row => (IReadOnlyList<EvidenceCell>)[.. columns.Select(column => Cell(column, row))])]);
    }

    private static EvidenceCell Cell(string column, JsonElement row)
    {
        if (!row.TryGetProperty(column, out var value) || value.ValueKind == JsonValueKind.Null)
            return new EvidenceCell("–", null);
        var text = FlatJson.Text(value);
        return new EvidenceCell(text, column switch
        {
            "prediction" => PagePaths.Prediction(text),
            "release" => PagePaths.Release(text),
            "run" or "candidate run" or "live run" => PagePaths.Run(text),
            "server group" => PagePaths.Trace($"group:{text}"),
            "replay" => PagePaths.Replay(text),
            _ => null,
        });
    }
}
