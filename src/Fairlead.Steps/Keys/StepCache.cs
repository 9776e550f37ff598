using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Keys;

/// <summary>Decides whether a recorded run stands for a step, and says why or why not.</summary>
internal sealed class StepCache(IRunCatalog runs, IArtifactStore store)
{
    public async Task<CacheAnswer> LookAsync(PlannedStep planned, CancellationToken cancellationToken)
    {
        var step = planned.Step.Family;
        var recorded = await runs.FindByKeyAsync(step, planned.Key.Digest, cancellationToken);
        if (recorded is not null)
        {
            return recorded.Outputs.All(output => store.Contains(output.Artifact))
                ? new CacheAnswer(recorded, $"same key as {recorded.Id}")
                : new CacheAnswer(null, $"outputs of {recorded.Id} are gone");
        }

        var latest = await runs.FindLatestAsync(step, cancellationToken);
        return new CacheAnswer(null, KeyDifference.Describe(latest, planned.Key, planned.Inputs));
    }
}
