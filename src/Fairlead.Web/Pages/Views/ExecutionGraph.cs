using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Web.Pages.Views;

/// <summary>The stages as a drawing: a column for each step away from the beginning.</summary>
public sealed record ExecutionGraph(int Width, int Height, IReadOnlyList<ExecutionNode> Nodes, IReadOnlyList<string> Edges)
{
    public const int NodeWidth = 150;
    public const int NodeHeight = 46;
    private const int ColumnGap = 50;
    private const int RowGap = 16;
    private const int LongestName = 18;

    public string Box => $"0 0 {Width} {Height}";

    public static ExecutionGraph Of(ExecutionPlan plan, ExecutionState state)
    {
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var stage in plan.Stages)
            columns[stage.Name] = stage.After.Count == 0 ? 0 : stage.After.Max(before => columns[before]) + 1;
        var rows = new Dictionary<int, int>();
        var nodes = new Dictionary<string, ExecutionNode>(StringComparer.Ordinal);
        foreach (var stage in state.Stages)
        {
            var column = columns[stage.Name];
            var row = rows[column] = rows.GetValueOrDefault(column, -1) + 1;
            var name = stage.Name.Length <= LongestName ? stage.Name : stage.Name[..(LongestName - 1)] + "…";
            nodes[stage.Name] = new ExecutionNode(name, $"stage-{stage.Name}", stage.Status.ToString().ToLowerInvariant(), 2 + (column * (NodeWidth + ColumnGap)), 2 + (row * (NodeHeight + RowGap)), stage.IsActive ? 3 : 1);
        }

        var edges = plan.Stages.SelectMany(stage => stage.After.Select(before => Edge(nodes[before], nodes[stage.Name])));
        return new ExecutionGraph(4 + ((columns.Values.Max() + 1) * (NodeWidth + ColumnGap)) - ColumnGap, 4 + ((rows.Values.Max() + 1) * (NodeHeight + RowGap)) - RowGap, [.. nodes.Values], [.. edges]);
    }

    private static string Edge(ExecutionNode from, ExecutionNode to)
    {
        var (x1, y1, x2, y2) = (from.X + NodeWidth, from.Y + (NodeHeight / 2), to.X, to.Y + (NodeHeight / 2));
        var middle = (x1 + x2) / 2;
        return $"M {x1} {y1} C {middle} {y1}, {middle} {y2}, {x2} {y2}";
    }
}
