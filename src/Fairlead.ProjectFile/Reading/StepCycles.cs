using Fairlead.Domain.Projects;
using Fairlead.ProjectFile.Yaml;

namespace Fairlead.ProjectFile.Reading;

/// <summary>Finds steps that wait for one another: after removing what can run, whatever is left holds a cycle.</summary>
internal sealed class StepCycles
{
    private readonly Dictionary<string, int> indexByName;
    private readonly List<int>[] sources;
    private readonly List<int>[] dependents;
    private readonly bool[] done;

    private StepCycles(IReadOnlyList<StepDefinition> steps)
    {
        indexByName = steps.Select((step, index) => (step.Name, index)).ToDictionary(pair => pair.Name, pair => pair.index, StringComparer.Ordinal);
        sources = [.. steps.Select(step => SourcesOf(step).Distinct().ToList())];
        dependents = [.. steps.Select(_ => new List<int>())];
        for (var step = 0; step < steps.Count; step++)
        {
            foreach (var source in sources[step])
                dependents[source].Add(step);
        }

        done = new bool[steps.Count];
    }

    /// <param name="places">Of the steps' names, in the same order.</param>
    /// <param name="things">What they are and do, for the message.</param>
    /// <param name="inputs">What one of them must lose.</param>
    public static void Report(IReadOnlyList<StepDefinition> steps, IReadOnlyList<Place> places, ProblemList problems, string things = "steps wait for one another", string inputs = "inputs")
    {
        var search = new StepCycles(steps);
        search.Settle(Enumerable.Range(0, steps.Count));
        for (var index = 0; index < steps.Count && !problems.IsFull; index++)
        {
            while (!search.done[index] && !problems.IsFull)
            {
                var cycle = search.Follow(index);
                var path = string.Join(" > ", cycle.Append(cycle[0]).Select(step => $"'{steps[step].Name}'"));
                problems.Add(places[cycle[0]], $"{things} ({path}); remove one of these {inputs}");
                foreach (var step in cycle)
                    search.done[step] = true;
                search.Settle(cycle.SelectMany(step => search.dependents[step]));
            }
        }
    }

    private IEnumerable<int> SourcesOf(StepDefinition step) =>
        step.Inputs.Where(input => input.Step is not null && indexByName.ContainsKey(input.Family!)).Select(input => indexByName[input.Family!]);

    /// <summary>Marks what can run once all that is done is done, and what can run after it.</summary>
    private void Settle(IEnumerable<int> candidates)
    {
        var queue = new Queue<int>(candidates);
        while (queue.TryDequeue(out var step))
        {
            if (done[step] || !sources[step].TrueForAll(source => done[source]))
                continue;
            done[step] = true;
            foreach (var dependent in dependents[step])
                queue.Enqueue(dependent);
        }
    }

    /// <summary>Walks against the flow until a step comes again; every step that is not done has a source that is not done.</summary>
    private List<int> Follow(int start)
    {
        var path = new List<int>();
        var positions = new Dictionary<int, int>();
        var step = start;
        while (positions.TryAdd(step, path.Count))
        {
            path.Add(step);
            step = sources[step].First(source => !done[source]);
        }

        var cycle = path[positions[step]..];
        // In the direction of the data, from the step that stands first in the file.
        cycle.Reverse();
        var first = cycle.IndexOf(cycle.Min());
        return [.. cycle[first..], .. cycle[..first]];
    }
}
