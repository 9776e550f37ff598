using System.Text;

namespace Fairlead.Steps.Graph.Drawing;

/// <summary>A graph in the language of Mermaid, which many viewers of Markdown draw.</summary>
public static class GraphMermaid
{
    public static string Draw(StepGraphView graph)
    {
        var ids = graph.Nodes.Select((node, index) => (node.Name, Id: $"n{index}")).ToDictionary(pair => pair.Name, pair => pair.Id, StringComparer.Ordinal);
        var text = new StringBuilder("flowchart LR\n");
        foreach (var node in graph.Nodes)
        {
            var label = Escape(node.Steps > 1 ? $"{node.Name} × {node.Steps}" : node.Name) + (node.Steps == 0 ? "" : $"<br/>{Escape(node.State)}");
            text.Append("  ").Append(ids[node.Name]).Append(node.Steps == 0 ? $"[(\"{label}\")]" : $"[\"{label}\"]").Append('\n');
        }

        foreach (var edge in graph.Edges)
            text.Append("  ").Append(ids[edge.From]).Append(" -->|\"").Append(Escape(edge.Label)).Append("\"| ").Append(ids[edge.To]).Append('\n');
        return text.ToString();
    }

    private static string Escape(string text) =>
        text.Replace("#", "#35;", StringComparison.Ordinal).Replace("\"", "#quot;", StringComparison.Ordinal).Replace("<", "#lt;", StringComparison.Ordinal).Replace(">", "#gt;", StringComparison.Ordinal);
}
