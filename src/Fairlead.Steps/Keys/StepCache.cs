using System.Collections.Concurrent;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;

namespace Fairlead.Steps.Keys;

/// <summary>Decides whether a recorded run stands for a step, and says why or why not.</summary>
internal sealed class StepCache(IRunCatalog runs, IArtifactStore store)
{
    /// <summary>Files of folders whose places are remembered, so that looking whether they are there reads no list of files again.</summary>
    private const int MostRememberedFiles = 500_000;

    private readonly ConcurrentDictionary<Digest, IReadOnlyList<ArtifactRef>> trees = new();
    private int rememberedFiles;

    /// <summary>The recorded runs of steps of one series, by their keys; those whose outputs are gone are left out.</summary>
    public async Task<IReadOnlyDictionary<Digest, RunBrief>> FindAsync(string series, IReadOnlyCollection<Digest> keys, CancellationToken cancellationToken)
    {
        var recorded = await runs.FindByKeysAsync(series, keys, cancellationToken);
        var whole = new Dictionary<Digest, RunBrief>(recorded.Count);
        foreach (var (key, run) in recorded)
        {
            if (await AreThereAsync(run.Outputs, cancellationToken))
                whole.Add(key, run);
        }

        return whole;
    }

    public async Task<CacheAnswer> LookAsync(PlannedStep planned, CancellationToken cancellationToken)
    {
        var recorded = (await runs.FindByKeysAsync(planned.Step.Family, [planned.Key.Digest], cancellationToken)).GetValueOrDefault(planned.Key.Digest);
        if (recorded is not null)
        {
            return await AreThereAsync(recorded.Outputs, cancellationToken)
                ? new CacheAnswer(recorded, ReasonOf(recorded))
                : new CacheAnswer(null, $"outputs of {recorded.Id} are gone from the store");
        }

        var latest = await runs.FindLatestAsync(planned.Step.Family, planned.Step.Variant, cancellationToken);
        return new CacheAnswer(null, KeyDifference.Describe(latest, planned.Key, planned.Inputs));
    }

    public static string ReasonOf(RunBrief recorded) => $"same key as {recorded.Id}";

    private async ValueTask<bool> AreThereAsync(IReadOnlyList<RunOutput> outputs, CancellationToken cancellationToken)
    {
        foreach (var output in outputs)
        {
            if (output.Artifact.Kind == ArtifactKind.Blob ? !store.Contains(output.Artifact) : !await IsThereAsync(output.Artifact, cancellationToken))
                return false;
        }

        return true;
    }

    private async ValueTask<bool> IsThereAsync(ArtifactRef tree, CancellationToken cancellationToken)
    {
        if (trees.TryGetValue(tree.Digest, out var parts))
            return parts.All(store.Contains);
        if (!store.Contains(tree))
            return false;
        try
        {
            var files = await store.ReadTreeAsync(tree.Digest, cancellationToken);
            Remember(tree.Digest, [.. files.Select(file => new ArtifactRef(ArtifactKind.Blob, file.Digest, file.Size)), await ManifestOfAsync(tree.Digest, cancellationToken)]);
            return true;
        }
        catch (FairleadException e) when (e.Kind is ProblemKind.NotFound or ProblemKind.Damaged)
        {
            return false;
        }
    }

    private async Task<ArtifactRef> ManifestOfAsync(Digest tree, CancellationToken cancellationToken) =>
        new(ArtifactKind.Blob, tree, (await store.ReadAsync(tree, cancellationToken)).Length);

    private void Remember(Digest tree, IReadOnlyList<ArtifactRef> parts)
    {
        if (Interlocked.Add(ref rememberedFiles, parts.Count) > MostRememberedFiles)
        {
            trees.Clear();
            Interlocked.Exchange(ref rememberedFiles, parts.Count);
        }

        trees[tree] = parts;
    }
}
