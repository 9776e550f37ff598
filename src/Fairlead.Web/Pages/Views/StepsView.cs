using Fairlead.Steps.Graph;
using Fairlead.Steps.Graph.Drawing;

namespace Fairlead.Web.Pages.Views;

/// <summary>The steps of the project as it is: their graph, and whether each has a run.</summary>
/// <param name="Graph">One SVG element; null when there are no steps, or too many for a picture.</param>
public sealed record StepsView(string? Graph, IReadOnlyList<StepRow> Rows, int Steps, int Stale)
{
    /// <summary>Nodes beyond which a picture says nothing.</summary>
    private const int MostDrawn = 300;

    public static StepsView Of(StepGraphView graph)
    {
        List<StepRow> rows = [.. graph.Nodes.Where(node => node.Steps > 0).Select(StepRow.Of)];
        var svg = rows.Count is 0 or > MostDrawn ? null : GraphSvg.Draw(graph, node => node.Steps == 1 && node.Run is { } run ? PagePaths.Run(run) : null);
        return new StepsView(svg, rows, graph.Nodes.Sum(node => node.Steps), graph.Nodes.Sum(node => node.Stale));
    }
}
