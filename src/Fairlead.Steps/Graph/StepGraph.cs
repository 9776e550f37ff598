using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Steps.Graph;

/// <summary>Which steps are needed, and in which order.</summary>
internal static class StepGraph
{
    /// <summary>The named steps with everything that they need, each after what it needs, otherwise in file order.</summary>
    /// <param name="names">Empty means all.</param>
    /// <exception cref="FairleadException">NotFound for an unknown name; Invalid when steps need one another.</exception>
    public static IReadOnlyList<StepDefinition> Select(IReadOnlyList<StepDefinition> steps, IReadOnlyCollection<string> names)
    {
        var byName = steps.ToDictionary(step => step.Name, StringComparer.Ordinal);
        var unknown = names.Where(name => !byName.ContainsKey(name)).ToArray();
        if (unknown.Length > 0)
            throw FairleadException.NotFound(string.Join('\n', unknown.Select(name => $"There is no step '{name}'; {NearestName.Hint(name, byName.Keys)}")));
        var needed = Closure(byName, names.Count == 0 ? byName.Keys : names);
        return Order([.. steps.Where(step => needed.Contains(step.Name))]);
    }

    /// <summary>The steps whose outputs a step reads.</summary>
    public static IEnumerable<string> NeededBy(StepDefinition step) =>
        step.Inputs.Select(input => input.Step).OfType<string>().Distinct(StringComparer.Ordinal);

    private static HashSet<string> Closure(Dictionary<string, StepDefinition> byName, IEnumerable<string> names)
    {
        var needed = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(names);
        while (open.TryPop(out var name))
        {
            if (!needed.Add(name))
                continue;
            foreach (var source in NeededBy(byName[name]))
                open.Push(source);
        }

        return needed;
    }

    /// <summary>Kahn's algorithm with the position in the file as the priority: iterative, so that long chains cost no stack.</summary>
    private static List<StepDefinition> Order(IReadOnlyList<StepDefinition> steps)
    {
        var position = steps.Select((step, index) => (step.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index, StringComparer.Ordinal);
        var missing = steps.Select(step => NeededBy(step).Count()).ToArray();
        var readers = steps.Select(_ => new List<int>()).ToArray();
        for (var index = 0; index < steps.Count; index++)
        {
            foreach (var source in NeededBy(steps[index]))
                readers[position[source]].Add(index);
        }

        var ready = new PriorityQueue<int, int>(Enumerable.Range(0, steps.Count).Where(index => missing[index] == 0).Select(index => (index, index)));
        var ordered = new List<StepDefinition>(steps.Count);
        while (ready.TryDequeue(out var next, out _))
        {
            ordered.Add(steps[next]);
            foreach (var reader in readers[next])
            {
                if (--missing[reader] == 0)
                    ready.Enqueue(reader, reader);
            }
        }

        if (ordered.Count < steps.Count)
            throw FairleadException.Invalid($"These steps need one another in a circle: {string.Join(", ", steps.Except(ordered).Select(step => $"'{step.Name}'"))}; remove one of their inputs.");
        return ordered;
    }
}
