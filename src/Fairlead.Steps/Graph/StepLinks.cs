using Fairlead.Domain.Projects;

namespace Fairlead.Steps.Graph;

/// <summary>Who needs whom, by position: a graph of thousands of steps is walked without looking up a name.</summary>
/// <param name="Needs">For each step those that it needs.</param>
/// <param name="Readers">For each step those that need it.</param>
internal sealed record StepLinks(IReadOnlyList<int[]> Needs, IReadOnlyList<IReadOnlyList<int>> Readers)
{
    /// <param name="steps">All that any of them needs is among them.</param>
    public static StepLinks Of(IReadOnlyList<StepDefinition> steps)
    {
        var position = new Dictionary<string, int>(steps.Count, StringComparer.Ordinal);
        for (var index = 0; index < steps.Count; index++)
            position.Add(steps[index].Name, index);
        var needs = new int[steps.Count][];
        var readers = new List<int>[steps.Count];
        for (var index = 0; index < steps.Count; index++)
            readers[index] = [];
        for (var index = 0; index < steps.Count; index++)
        {
            needs[index] = [.. StepGraph.NeededBy(steps[index]).Select(name => position[name])];
            foreach (var source in needs[index])
                readers[source].Add(index);
        }

        return new StepLinks(needs, readers);
    }

    /// <summary>How many steps wait for each one in a row, itself included: where the longest way begins, work begins.</summary>
    /// <remarks>The steps stand in an order in which each comes after what it needs.</remarks>
    public int[] Heights()
    {
        var heights = new int[Needs.Count];
        for (var index = Needs.Count - 1; index >= 0; index--)
        {
            var height = 0;
            foreach (var reader in Readers[index])
                height = Math.Max(height, heights[reader]);
            heights[index] = height + 1;
        }

        return heights;
    }
}
