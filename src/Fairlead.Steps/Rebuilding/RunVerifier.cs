using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Annotations;

namespace Fairlead.Steps.Rebuilding;

/// <summary>Says whether a recorded run can be had again to the last bit, and writes the verdict down.</summary>
public sealed class RunVerifier(RunRebuilder rebuilder, IRunCatalog runs, RunNotebook notebook, TimeProvider time)
{
    /// <summary>Executes a run again from the recorded commit, in the sandbox that it had, and compares what it makes.</summary>
    /// <param name="withUpstream">Executes also all that it needs, and takes its inputs from that; else they are those that it had.</param>
    /// <param name="progress">Told in lines what happens; from any thread, one at a time.</param>
    /// <exception cref="FairleadException">NotFound: there is no such run; Conflict: it did not succeed.</exception>
    public async Task<RunVerification> VerifyAsync(RunId id, bool withUpstream, string user, Action<string> progress, CancellationToken cancellationToken)
    {
        IReadOnlyList<RebuiltRun> rebuilt = withUpstream
            ? await rebuilder.RebuildAsync(id, progress, cancellationToken)
            : [await rebuilder.RebuildAloneAsync(id, progress, cancellationToken)];
        var unsteady = new List<Domain.Artifacts.Digest>();
        var changed = rebuilt.Where(run => run.Outcome != RebuildOutcome.Identical).Select(run => run.Run).ToHashSet();
        foreach (var one in rebuilt.Where(one => one is { Outcome: RebuildOutcome.Different, HasOtherTools: false }))
        {
            // What was made of other inputs says nothing of the step.
            if (await runs.FindAsync(one.Run, cancellationToken) is { } run && !run.Inputs.Any(input => input.Run is { } maker && changed.Contains(maker)))
                unsteady.Add(RunRecipe.Of(run));
        }

        var outcome = rebuilt[^1].Outcome;
        return await notebook.AddAsync(
            id,
            outcome,
            number => new RunVerification { Number = number, Run = id, Outcome = outcome, Runs = rebuilt, Unsteady = unsteady, At = time.GetUtcNow(), By = user },
            cancellationToken);
    }
}
