namespace Fairlead.Steps.Graph.Drawing;

/// <summary>Places nodes in columns, each right of what it reads, ordered within a column so that few edges cross.</summary>
internal sealed class GraphLayout
{
    /// <summary>Passes over the columns, from the left and from the right by turns; more change little.</summary>
    private const int Passes = 8;

    private readonly List<List<int>> columns = [];

    private GraphLayout(int nodes) => Places = new (int Column, int Row)[nodes];

    /// <summary>Of each node, in the order of the graph's nodes.</summary>
    public (int Column, int Row)[] Places { get; }

    public int Columns => columns.Count;

    public int Rows => columns.Count == 0 ? 0 : columns.Max(column => column.Count);

    /// <summary>How many nodes a column has.</summary>
    public int RowsIn(int column) => columns[column].Count;

    public static GraphLayout Of(StepGraphView graph)
    {
        var position = graph.Nodes.Select((node, index) => (node.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index, StringComparer.Ordinal);
        var sources = Neighbours(graph.Nodes.Count, graph.Edges.Select(edge => (position[edge.To], position[edge.From])));
        var readers = Neighbours(graph.Nodes.Count, graph.Edges.Select(edge => (position[edge.From], position[edge.To])));
        var layout = new GraphLayout(graph.Nodes.Count);
        for (var node = 0; node < graph.Nodes.Count; node++)
            layout.Put(node, sources[node].Count == 0 ? 0 : sources[node].Max(source => layout.Places[source].Column) + 1);
        for (var pass = 0; pass < Passes; pass++)
            layout.Sort(pass % 2 == 0 ? sources : readers, fromLeft: pass % 2 == 0);
        return layout;
    }

    private static List<int>[] Neighbours(int count, IEnumerable<(int Of, int Other)> pairs)
    {
        var neighbours = new List<int>[count];
        for (var index = 0; index < count; index++)
            neighbours[index] = [];
        foreach (var (of, other) in pairs)
            neighbours[of].Add(other);
        return neighbours;
    }

    private void Put(int node, int column)
    {
        while (columns.Count <= column)
            columns.Add([]);
        Places[node] = (column, columns[column].Count);
        columns[column].Add(node);
    }

    /// <summary>Each node goes to the middle of its neighbours' places; those without keep theirs.</summary>
    private void Sort(List<int>[] neighbours, bool fromLeft)
    {
        foreach (var column in fromLeft ? Enumerable.Range(0, columns.Count) : Enumerable.Range(0, columns.Count).Reverse())
        {
            var sorted = columns[column].OrderBy(node => neighbours[node].Count == 0 ? Relative(node) : neighbours[node].Average(Relative)).ToList();
            columns[column] = sorted;
            for (var row = 0; row < sorted.Count; row++)
                Places[sorted[row]] = (column, row);
        }
    }

    /// <summary>From 0 at the top to 1 at the bottom, so that columns of different lengths compare.</summary>
    private double Relative(int node) => (Places[node].Row + 0.5) / columns[Places[node].Column].Count;
}
