using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Rebuilding;

/// <summary>A run and every run whose outputs it read, directly or not.</summary>
internal static class RunAncestry
{
    /// <returns>Each after what it needs; the run itself is the last.</returns>
    /// <exception cref="FairleadException">NotFound; Conflict: the run did not succeed.</exception>
    public static async Task<IReadOnlyList<Run>> ReadAsync(IRunCatalog runs, RunId id, CancellationToken cancellationToken)
    {
        var ordered = new List<Run>();
        var known = new HashSet<RunId>();
        // Twice on the stack: first to look at what it needs, then, with all of that in its place, to be put after it.
        var open = new Stack<(RunId Id, Run? Read)>([(id, null)]);
        while (open.TryPop(out var next))
        {
            if (next.Read is { } read)
            {
                ordered.Add(read);
                continue;
            }

            if (!known.Add(next.Id))
                continue;
            var run = await RequireAsync(runs, next.Id, cancellationToken);
            open.Push((run.Id, run));
            foreach (var needed in run.Inputs.Select(input => input.Run).OfType<RunId>().Reverse())
                open.Push((needed, null));
        }

        return ordered;
    }

    /// <exception cref="FairleadException">NotFound; Conflict: the run did not succeed.</exception>
    public static async Task<Run> RequireAsync(IRunCatalog runs, RunId id, CancellationToken cancellationToken)
    {
        var run = await runs.FindAsync(id, cancellationToken) ?? throw FairleadException.NotFound($"There is no run '{id}'; list them with 'fairlead runs'.");
        return run.Status == RunStatus.Succeeded
            ? run
            : throw FairleadException.Conflict($"The run '{run.Id}' is {run.Status.ToString().ToLowerInvariant()}, so that there is nothing of it to be had again.");
    }
}
