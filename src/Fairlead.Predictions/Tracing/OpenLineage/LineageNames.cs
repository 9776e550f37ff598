namespace Fairlead.Predictions.Tracing.OpenLineage;

/// <summary>The things of a trace, by kind and name.</summary>
internal static class LineageNames
{
    public static HashSet<(LineageKind Kind, string Name)> Of(LineageIndex index, LineageSubject subject)
    {
        var options = new LineageOptions { Depth = int.MaxValue, Nodes = int.MaxValue };
        var counts = new Dictionary<string, GroupPredictions>();
        var names = new HashSet<(LineageKind, string)> { (subject.Kind, subject.Name) };
        var waiting = new Stack<LineageNode>([.. new LineageWalk(index, options, counts).BackwardOf(subject), .. new LineageWalk(index, options, counts).ForwardOf(subject)]);
        while (waiting.TryPop(out var node))
        {
            names.Add((node.Kind, node.Name));
            foreach (var child in node.Children)
                waiting.Push(child);
        }

        return names;
    }
}
