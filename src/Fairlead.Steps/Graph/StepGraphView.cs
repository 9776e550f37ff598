namespace Fairlead.Steps.Graph;

/// <summary>A graph of steps as people look at it: a node for each step, or for all variants of a matrix together where there are many.</summary>
/// <param name="Nodes">Each after what it needs.</param>
/// <param name="Edges">From what is read to what reads it.</param>
public sealed record StepGraphView(IReadOnlyList<StepGraphNode> Nodes, IReadOnlyList<StepGraphEdge> Edges)
{
    /// <summary>Steps that are drawn one by one when nothing else is said.</summary>
    public const int MostSingle = 60;
}
