using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Sweeps;
using Fairlead.Sweeps.Orders;

namespace Fairlead.Sweeps.Running;

/// <summary>What trials follow from beside the parameters that are tried.</summary>
internal static class SweepParts
{
    public static IReadOnlyList<KeyPart> Of(ITrialGraph graph, OrderPlan order)
    {
        var tried = order.Swept.Select(parameter => $"{parameter.Step}/param:{parameter.Name}").ToHashSet(StringComparer.Ordinal);
        return [.. graph.Parts.Where(part => !tried.Contains(part.Name))];
    }

    /// <exception cref="FairleadException">Conflict: trials of the project as it is could not be compared with those of the sweep.</exception>
    public static void RequireSame(SweepRecord record, IReadOnlyList<KeyPart> now)
    {
        var before = record.Parts.ToDictionary(part => part.Name, part => part.Value, StringComparer.Ordinal);
        var changed = now.Where(part => before.GetValueOrDefault(part.Name) != part.Value).Select(part => part.Name).Concat(before.Keys.Except(now.Select(part => part.Name))).Order(StringComparer.Ordinal).ToList();
        if (changed.Count > 0)
            throw FairleadException.Conflict($"The sweep '{record.Number}' cannot go on, as {Describe(changed)} not what it was when the sweep began at {record.Commit.Short}; go back to that, or begin a new sweep.");
    }

    private static string Describe(List<string> changed) => changed.Count == 1 ? $"'{changed[0]}' is" : $"'{changed[0]}' and {changed.Count - 1} more {(changed.Count == 2 ? "part is" : "parts are")}";
}
