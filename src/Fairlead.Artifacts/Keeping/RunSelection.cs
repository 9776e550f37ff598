using Fairlead.Domain.Runs;

namespace Fairlead.Artifacts.Keeping;

/// <summary>Decides which runs keep their artifacts.</summary>
internal static class RunSelection
{
    /// <param name="runs">Newest first.</param>
    /// <param name="named">Runs that other records name: they are kept with everything that they came from.</param>
    public static HashSet<RunId> Select(IReadOnlyList<Run> runs, IEnumerable<RunId> named, int newest)
    {
        var kept = WithAncestors(runs.ToDictionary(run => run.Id), named);
        var counts = new Dictionary<(string, string?, bool), int>();
        foreach (var run in runs)
        {
            var series = (run.Id.Step, run.Variant, run.Status == RunStatus.Succeeded);
            if (run.Status == RunStatus.Running || (counts[series] = counts.GetValueOrDefault(series) + 1) <= newest)
                kept.Add(run.Id);
        }

        return kept;
    }

    private static HashSet<RunId> WithAncestors(Dictionary<RunId, Run> runs, IEnumerable<RunId> named)
    {
        var found = new HashSet<RunId>();
        var open = new Stack<RunId>(named);
        while (open.TryPop(out var id))
        {
            if (!runs.TryGetValue(id, out var run) || !found.Add(id))
                continue;
            foreach (var ancestor in run.Inputs.Select(input => input.Run).OfType<RunId>())
                open.Push(ancestor);
        }

        return found;
    }
}
