using System.Globalization;
using System.Net;
using System.Text;

namespace Fairlead.Steps.Graph.Drawing;

/// <summary>A graph as a picture: one SVG element that needs no script, no font and no style sheet.</summary>
public static class GraphSvg
{
    private const int BoxHeight = 46;
    private const int RowGap = 18;
    private const int ColumnGap = 64;
    private const int Margin = 12;
    private const int LeastBoxWidth = 120;
    private const int MostBoxWidth = 340;
    private const double CharacterWidth = 7.8;
    private const double SmallCharacterWidth = 6.6;

    /// <param name="linkOf">Where a click on a node leads; null for nowhere.</param>
    public static string Draw(StepGraphView graph, Func<StepGraphNode, string?>? linkOf = null)
    {
        var layout = GraphLayout.Of(graph);
        var box = Math.Clamp((int)graph.Nodes.Select(node => Math.Max(TitleOf(node).Length * CharacterWidth, StateOf(node).Length * SmallCharacterWidth)).DefaultIfEmpty(0).Max() + 24, LeastBoxWidth, MostBoxWidth);
        var width = Math.Max(1, layout.Columns) * (box + ColumnGap) - ColumnGap + (2 * Margin);
        var height = Math.Max(1, layout.Rows) * (BoxHeight + RowGap) - RowGap + (2 * Margin);
        var corners = graph.Nodes.Select((_, index) => CornerOf(layout, index, box)).ToArray();
        var position = graph.Nodes.Select((node, index) => (node.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index, StringComparer.Ordinal);
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" font-family=\"ui-sans-serif, system-ui, sans-serif\" font-size=\"13\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<title>{graph.Nodes.Count(node => node.Steps > 0)} steps and how they depend on one another</title>\n");
        foreach (var edge in graph.Edges)
            Append(svg, edge, corners[position[edge.From]], corners[position[edge.To]], box);
        for (var index = 0; index < graph.Nodes.Count; index++)
            Append(svg, graph.Nodes[index], corners[index], box, linkOf?.Invoke(graph.Nodes[index]));
        return svg.Append("</svg>\n").ToString();
    }

    /// <summary>Columns are centred on one another.</summary>
    private static (double X, double Y) CornerOf(GraphLayout layout, int node, int box)
    {
        var (column, row) = layout.Places[node];
        var above = (layout.Rows - layout.RowsIn(column)) * (BoxHeight + RowGap) / 2.0;
        return (Margin + (column * (box + ColumnGap)), Margin + above + (row * (BoxHeight + RowGap)));
    }

    private static void Append(StringBuilder svg, StepGraphEdge edge, (double X, double Y) from, (double X, double Y) to, int box)
    {
        var (x1, y1, x2, y2) = (from.X + box, from.Y + (BoxHeight / 2.0), to.X, to.Y + (BoxHeight / 2.0));
        var bend = Math.Max(ColumnGap / 2.0, (x2 - x1) / 2);
        svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x1:0.#} {y1:0.#} C{x1 + bend:0.#} {y1:0.#} {x2 - bend:0.#} {y2:0.#} {x2:0.#} {y2:0.#}\" fill=\"none\" stroke=\"#8a94a6\" stroke-width=\"1.4\"><title>{WebUtility.HtmlEncode($"{edge.From} > {edge.To}: {edge.Label}")}</title></path>\n");
    }

    private static void Append(StringBuilder svg, StepGraphNode node, (double X, double Y) corner, int box, string? link)
    {
        var color = node.Steps == 0 ? "#6b7a90" : node.Stale > 0 ? "#c77700" : node.Cached > 0 ? "#2e8b57" : "#8a94a6";
        if (link is not null)
            svg.Append(CultureInfo.InvariantCulture, $"<a href=\"{WebUtility.HtmlEncode(link)}\">");
        svg.Append(CultureInfo.InvariantCulture, $"<g><title>{WebUtility.HtmlEncode(node.Reason is { } reason ? $"{node.Name}: {reason}" : node.Name)}</title>");
        svg.Append(CultureInfo.InvariantCulture, $"<rect x=\"{corner.X:0.#}\" y=\"{corner.Y:0.#}\" width=\"{box}\" height=\"{BoxHeight}\" rx=\"{(node.Steps == 0 ? BoxHeight / 2 : 6)}\" fill=\"{color}\" fill-opacity=\"0.12\" stroke=\"{color}\" stroke-width=\"1.5\"/>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{corner.X + 12:0.#}\" y=\"{corner.Y + (node.Steps == 0 ? 28 : 20):0.#}\" fill=\"currentColor\">{WebUtility.HtmlEncode(Cut(TitleOf(node), (int)((box - 24) / CharacterWidth)))}</text>");
        if (node.Steps > 0)
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{corner.X + 12:0.#}\" y=\"{corner.Y + 37:0.#}\" fill=\"{color}\" font-size=\"11\">{WebUtility.HtmlEncode(Cut(StateOf(node), (int)((box - 24) / SmallCharacterWidth)))}</text>");
        svg.Append("</g>").Append(link is null ? "" : "</a>").Append('\n');
    }

    private static string Cut(string text, int most) => text.Length > most ? text[..(most - 1)] + "…" : text;

    private static string StateOf(StepGraphNode node) => node.Steps == 1 && node.Run is { } run ? $"{node.State} · {run}" : node.State;

    private static string TitleOf(StepGraphNode node) => node.Steps > 1 ? $"{node.Name} × {node.Steps}" : node.Name;
}
