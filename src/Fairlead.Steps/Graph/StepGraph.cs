using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Steps.Graph;

/// <summary>Which steps are needed, and in which order.</summary>
internal static class StepGraph
{
    /// <summary>The named steps with everything that they need, each after what it needs, otherwise in file order; a matrix in its variants.</summary>
    /// <param name="steps">As in the project file.</param>
    /// <param name="names">Such as <c>train</c> for all of its variants, or <c>train[customer=acme]</c>. Empty means all.</param>
    /// <exception cref="FairleadException">NotFound for an unknown name; Invalid when steps need one another.</exception>
    public static IReadOnlyList<StepDefinition> Select(IReadOnlyList<StepDefinition> steps, IReadOnlyCollection<string> names)
    {
        var wanted = names.Count == 0 ? null : Resolve(steps, names);
        var expanded = StepMatrix.Expand(steps);
        var byName = expanded.ToDictionary(step => step.Name, StringComparer.Ordinal);
        var needed = wanted is null ? null : Closure(byName, wanted);
        return Order(needed is null ? expanded : [.. expanded.Where(step => needed.Contains(step.Name))]);
    }

    /// <summary>The names in the graph that somebody means: a step's own, or those of its variants.</summary>
    /// <exception cref="FairleadException">NotFound: no such step, axis or value, all of them, a line each.</exception>
    public static IReadOnlyList<string> Resolve(IReadOnlyList<StepDefinition> steps, IReadOnlyCollection<string> names)
    {
        var byName = steps.ToDictionary(step => step.Name, StringComparer.Ordinal);
        var problems = new List<string>();
        var resolved = new List<string>();
        foreach (var name in names)
        {
            string? problem = null;
            if (!StepReference.TryParse(name, out var reference))
                problem = $"'{name}' cannot be read as a step; write it as STEP or STEP[AXIS=VALUE,…].";
            else if (!byName.TryGetValue(reference.Step, out var step))
                problem = $"There is no step '{reference.Step}'; {NearestName.Hint(reference.Step, byName.Keys)}";
            else if (reference.Bind([], step.Matrix, takesAll: true, out var reason) is { } bindings)
                resolved.AddRange(StepMatrix.NamesOf(step, bindings));
            else
                problem = $"There is no '{name}': {reason}";
            if (problem is not null)
                problems.Add(problem);
        }

        return problems.Count == 0 ? resolved : throw FairleadException.NotFound(string.Join('\n', problems));
    }

    /// <summary>The steps whose outputs a step reads, none twice.</summary>
    public static IEnumerable<string> NeededBy(StepDefinition step) =>
        step.Inputs.Where(input => input.Step is not null)
            .SelectMany(input => input.FanIn.Count > 0 ? input.FanIn.Select(variant => variant.Step) : [input.Step!])
            .Distinct(StringComparer.Ordinal);

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
        var links = StepLinks.Of(steps);
        var missing = links.Needs.Select(needs => needs.Length).ToArray();
        var ready = new PriorityQueue<int, int>(Enumerable.Range(0, steps.Count).Where(index => missing[index] == 0).Select(index => (index, index)));
        var ordered = new List<StepDefinition>(steps.Count);
        while (ready.TryDequeue(out var next, out _))
        {
            ordered.Add(steps[next]);
            foreach (var reader in links.Readers[next])
            {
                if (--missing[reader] == 0)
                    ready.Enqueue(reader, reader);
            }
        }

        if (ordered.Count < steps.Count)
            throw FairleadException.Invalid($"These steps need one another in a circle: {string.Join(", ", steps.Except(ordered).Take(20).Select(step => $"'{step.Name}'"))}; remove one of their inputs.");
        return ordered;
    }
}
