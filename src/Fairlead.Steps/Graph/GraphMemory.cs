using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Steps.Graph;

/// <summary>Graphs that were selected from project files that are still in use, so that the variants of a matrix are made once. Safe for use by many at once.</summary>
internal sealed class GraphMemory
{
    /// <summary>Selections of one project file.</summary>
    private const int MostSelections = 16;

    private readonly ConditionalWeakTable<ProjectDefinition, ConcurrentDictionary<string, SelectedGraph>> known = [];

    /// <param name="names">As for <see cref="StepGraph.Select"/>.</param>
    /// <exception cref="FairleadException">As <see cref="StepGraph.Select"/>.</exception>
    public SelectedGraph Select(ProjectDefinition project, IReadOnlyCollection<string> names)
    {
        var selections = known.GetValue(project, static _ => new ConcurrentDictionary<string, SelectedGraph>(StringComparer.Ordinal));
        var key = string.Join('\n', names);
        if (selections.TryGetValue(key, out var graph))
            return graph;
        var steps = StepGraph.Select(project.Steps, names);
        graph = new SelectedGraph(steps, StepLinks.Of(steps));
        if (selections.Count >= MostSelections)
            selections.Clear();
        return selections[key] = graph;
    }
}
