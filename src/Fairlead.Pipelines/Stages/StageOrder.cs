using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Pipelines.Stages;

/// <summary>Which stages come before and after which.</summary>
internal static class StageOrder
{
    /// <summary>Everything that a stage comes after, directly or not.</summary>
    public static HashSet<string> Ancestors(ExecutionPlan plan, string stage)
    {
        var byName = plan.Stages.ToDictionary(definition => definition.Name, StringComparer.Ordinal);
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>(byName[stage].After);
        while (open.TryPop(out var name))
        {
            if (found.Add(name))
                byName[name].After.ToList().ForEach(open.Push);
        }

        return found;
    }

    /// <summary>The stages and everything that comes after one of them; the plan is in order, so one pass finds all.</summary>
    public static HashSet<string> WithDescendants(ExecutionPlan plan, IEnumerable<string> stages)
    {
        var found = stages.ToHashSet(StringComparer.Ordinal);
        foreach (var definition in plan.Stages)
        {
            if (definition.After.Any(found.Contains))
                found.Add(definition.Name);
        }

        return found;
    }

    /// <summary>Each after what it comes after, otherwise in the given order.</summary>
    /// <returns>Null when some come after one another in a circle.</returns>
    public static IReadOnlyList<StageDefinition>? Sort(IReadOnlyList<StageDefinition> stages)
    {
        var sorted = new List<StageDefinition>(stages.Count);
        var placed = new HashSet<string>(StringComparer.Ordinal);
        var rest = stages.ToList();
        while (rest.Count > 0)
        {
            var ready = rest.Find(stage => stage.After.All(placed.Contains));
            if (ready is null)
                return null;
            rest.Remove(ready);
            sorted.Add(ready);
            placed.Add(ready.Name);
        }

        return sorted;
    }
}
