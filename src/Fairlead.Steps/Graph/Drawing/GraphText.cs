using System.Text;

namespace Fairlead.Steps.Graph.Drawing;

/// <summary>A graph as trees of lines: what nobody reads at the left, what it reads below it; what was shown above is not shown again.</summary>
public static class GraphText
{
    private const int MostLines = 500;

    public static string Draw(StepGraphView graph)
    {
        var byName = graph.Nodes.ToDictionary(node => node.Name, StringComparer.Ordinal);
        var sources = graph.Edges.ToLookup(edge => edge.To, edge => edge.From, StringComparer.Ordinal);
        var read = graph.Edges.Select(edge => edge.From).ToHashSet(StringComparer.Ordinal);
        var shown = new HashSet<string>(StringComparer.Ordinal);
        var text = new StringBuilder();
        var lines = 0;
        // A stack of its own: a chain of thousands of steps is as deep as it is long.
        var open = new Stack<(string Name, string Lead, string Branch)>(graph.Nodes.Where(node => !read.Contains(node.Name)).Reverse().Select(node => (node.Name, "", "")));
        while (open.TryPop(out var next))
        {
            if (++lines > MostLines)
                return text.Append("… and more; name steps to see less").Append('\n').ToString();
            var isNew = shown.Add(next.Name);
            text.Append(next.Lead).Append(next.Branch).Append(Describe(byName[next.Name]));
            var below = sources[next.Name].ToList();
            if (!isNew && below.Count > 0)
                text.Append("  (above)");
            text.Append('\n');
            if (!isNew)
                continue;
            var lead = next.Lead + next.Branch switch { "" => "", "├── " => "│   ", _ => "    " };
            for (var index = below.Count - 1; index >= 0; index--)
                open.Push((below[index], lead, index == below.Count - 1 ? "└── " : "├── "));
        }

        return text.ToString();
    }

    private static string Describe(StepGraphNode node)
    {
        if (node.Steps == 0)
            return node.Name;
        var count = node.Steps > 1 ? $" ({node.Steps} variants)" : "";
        var run = node.Run is { } id && node.Steps == 1 ? $"  {id}" : "";
        return $"{node.Name}{count}  {node.State}{run}{(node.Reason is { } reason ? $": {reason}" : "")}";
    }
}
