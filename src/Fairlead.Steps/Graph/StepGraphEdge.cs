namespace Fairlead.Steps.Graph;

/// <param name="From">Name of the node that is read.</param>
/// <param name="To">Name of the node that reads it.</param>
/// <param name="Label">The names in <c>in/</c>, with commas between.</param>
public sealed record StepGraphEdge(string From, string To, string Label);
