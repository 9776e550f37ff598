using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Steps.Datasets;

/// <summary>Which datasets are needed, and in which order they are made.</summary>
internal static class DatasetOrdering
{
    /// <summary>The named datasets with all that they are made from, each after its sources.</summary>
    /// <exception cref="FairleadException">NotFound for an unknown name; Invalid when datasets are made from one another.</exception>
    public static IReadOnlyList<DatasetDefinition> Select(ProjectDefinition project, IReadOnlyCollection<string> names)
    {
        var byName = project.Datasets.ToDictionary(dataset => dataset.Name, StringComparer.Ordinal);
        if (names.FirstOrDefault(name => !byName.ContainsKey(name)) is { } unknown)
            throw FairleadException.NotFound($"There is no dataset '{unknown}'; {NearestName.Hint(unknown, byName.Keys)}");
        var ordered = new List<DatasetDefinition>();
        var state = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var dataset in project.Datasets.Where(dataset => names.Contains(dataset.Name)))
            Visit(dataset);
        return ordered;

        void Visit(DatasetDefinition dataset)
        {
            if (state.TryGetValue(dataset.Name, out var isDone))
            {
                if (!isDone)
                    throw FairleadException.Invalid($"The dataset '{dataset.Name}' is made from itself; remove one of the sources between.");
                return;
            }

            state[dataset.Name] = false;
            foreach (var source in dataset.From)
                Visit(byName[source.Dataset!]);
            state[dataset.Name] = true;
            ordered.Add(dataset);
        }
    }
}
