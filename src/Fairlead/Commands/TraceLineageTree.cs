using System.Globalization;
using Fairlead.Predictions.Tracing;
using Spectre.Console;

namespace Fairlead.Commands;

/// <summary>A trace as two trees: what something came from, and what it reached.</summary>
internal static class TraceLineageTree
{
    public static void Print(IAnsiConsole console, Lineage lineage)
    {
        var tree = new Tree(Line($"{Word(lineage.Kind)} [bold]{lineage.Name}[/]"));
        foreach (var (name, value) in lineage.Facts)
            tree.AddNode(Line($"[grey]{name}[/] {value}"));
        if (lineage.Origin.Count > 0)
            AddAll(tree.AddNode(new Markup("came from")), lineage.Origin);
        if (lineage.Reached.Count > 0)
            AddAll(tree.AddNode(new Markup("reached")), lineage.Reached);
        console.Write(tree);
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{Summary(lineage)}");
    }

    private static string Summary(Lineage lineage)
    {
        var reach = lineage.Reach;
        var predictions = reach.Predictions == 0
            ? "no recorded predictions"
            : string.Create(CultureInfo.InvariantCulture, $"{reach.Predictions:N0} predictions from {reach.First?.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'} to {reach.Last?.UtcDateTime:yyyy-MM-dd HH:mm:ss'Z'}");
        return $"{Count(reach.Runs, "run")}, {Count(reach.Models, "model version")}, {Count(reach.Releases, "release")}, {Count(reach.ServerGroups, "server group")} ({reach.Live} live), {predictions}";
    }

    private static void AddAll(TreeNode parent, IReadOnlyList<LineageNode> nodes)
    {
        foreach (var node in nodes)
        {
            var facts = string.Join(", ", node.Facts.Select(fact => $"{fact.Key} {fact.Value}"));
            var note = node.IsRepeated ? "as above" : node.IsCut ? $"{facts}; what is beyond is not shown" : facts;
            AddAll(parent.AddNode(Line($"{Word(node.Kind)} [bold]{node.Name}[/]  [grey]{note}[/]")), node.Children);
        }
    }

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private static string Word(LineageKind kind) => kind switch
    {
        LineageKind.DatasetVersion => "dataset version",
        LineageKind.ModelVersion => "model version",
        LineageKind.ServerGroup => "server group",
        _ => kind.ToString().ToLowerInvariant(),
    };

    private static Markup Line(FormattableString text) => Markup.FromInterpolated(text);
}
