using Fairlead.Predictions.Tracing;

namespace Fairlead.Web.Pages.Views;

/// <summary>Where something came from, and what it reached.</summary>
public sealed record LineageView
{
    public required string Kind { get; init; }

    public required string Name { get; init; }

    public required IReadOnlyList<FactView> Facts { get; init; }

    /// <summary>How far it reached, each thing counted once.</summary>
    public required IReadOnlyList<FactView> Reach { get; init; }

    public required IReadOnlyList<TraceNodeView> Origin { get; init; }

    public required IReadOnlyList<TraceNodeView> Reached { get; init; }

    public static LineageView Of(Lineage lineage) => new()
    {
        Kind = Word(lineage.Kind),
        Name = lineage.Name,
        Facts = FactsOf(lineage.Facts),
        Reach = ReachOf(lineage.Reach),
        Origin = [.. lineage.Origin.Select(Node)],
        Reached = [.. lineage.Reached.Select(Node)],
    };

    private static List<FactView> ReachOf(LineageReach reach)
    {
        var facts = new List<FactView>
        {
            new("Runs", PageText.Count(reach.Runs)),
            new("Model versions", PageText.Count(reach.Models)),
            new("Releases", PageText.Count(reach.Releases)),
            new("Server groups", $"{PageText.Count(reach.ServerGroups)}, {PageText.Count(reach.Live)} of them live"),
            new("Predictions", PageText.Count(reach.Predictions)),
        };
        if (reach is { First: { } first, Last: { } last })
            facts.Add(new FactView("Answered", $"{TimeView.Of(first, first).Text} to {TimeView.Of(last, last).Text}"));
        return facts;
    }

    private static TraceNodeView Node(LineageNode node) => new(
        Word(node.Kind) + (node.IsRepeated ? ", as above" : node.IsCut ? ", more beyond" : ""),
        node.Name,
        PagePaths.Trace(Prefix(node.Kind) + node.Name),
        FactsOf(node.Facts),
        [.. node.Children.Select(Node)]);

    private static List<FactView> FactsOf(IReadOnlyDictionary<string, string> facts) => [.. facts.Select(fact => new FactView(fact.Key, fact.Value))];

    private static string Word(LineageKind kind) => kind switch
    {
        LineageKind.DatasetVersion => "dataset version",
        LineageKind.ModelVersion => "model version",
        LineageKind.ServerGroup => "server group",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static string Prefix(LineageKind kind) => kind switch
    {
        LineageKind.DatasetVersion => "dataset:",
        LineageKind.ModelVersion => "model:",
        LineageKind.ServerGroup => "group:",
        _ => $"{kind.ToString().ToLowerInvariant()}:",
    };
}
