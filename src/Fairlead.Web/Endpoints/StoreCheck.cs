using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Predictions.Keeping;
using Fairlead.Web.Contracts;

namespace Fairlead.Web.Endpoints;

/// <summary>Reads the store and the predictions anew, and says which blobs and files are damaged or missing, and what the blobs belong to.</summary>
internal sealed class StoreCheck(IArtifactStore store, IDatasetCatalog datasets, IRunCatalog runs, IModelCatalog models, PredictionCheck predictions, PredictionCheckRecords checks)
{
    public async Task<StoreCheckAnswer> RunAsync(CancellationToken cancellationToken)
    {
        var damaged = (await store.FindDamagedAsync(cancellationToken)).ToHashSet();
        var missing = new HashSet<Digest>();
        var users = new Dictionary<Digest, List<string>>();
        foreach (var (user, artifact) in await ListUsesAsync(cancellationToken))
        {
            foreach (var blob in await BlobsOfAsync(artifact, damaged, cancellationToken))
            {
                if (!damaged.Contains(blob.Digest) && !store.Contains(blob))
                    missing.Add(blob.Digest);
                if (damaged.Contains(blob.Digest) || missing.Contains(blob.Digest))
                    UsersOf(blob.Digest).Add(user);
            }
        }

        var found = await predictions.RunAsync(cancellationToken);
        await checks.AddAsync(found, cancellationToken);
        return new StoreCheckAnswer(Findings(damaged), Findings(missing), found);

        List<string> UsersOf(Digest digest)
        {
            if (!users.TryGetValue(digest, out var list))
                users.Add(digest, list = []);
            return list;
        }

        List<BlobFinding> Findings(HashSet<Digest> digests) => [.. digests.Order().Select(digest => new BlobFinding(digest, UsersOf(digest)))];
    }

    private async Task<List<(string User, ArtifactRef Artifact)>> ListUsesAsync(CancellationToken cancellationToken)
    {
        var uses = new List<(string, ArtifactRef)>();
        foreach (var version in await datasets.ListAsync(null, cancellationToken))
            uses.Add(($"dataset {version.Label}", version.Artifact));
        foreach (var version in await models.ListAsync(null, cancellationToken))
            uses.Add(($"model {version.Label}", version.Artifact));
        foreach (var run in await runs.ListAsync(null, int.MaxValue, cancellationToken))
        {
            uses.AddRange(run.Outputs.Select(output => ($"output {output.Name} of {run.Id}", output.Artifact)));
            if (run.Log is { } log)
                uses.Add(($"log of {run.Id}", log));
        }

        return uses;
    }

    /// <summary>The artifact's own blob and, of a tree that can be read, those of its files.</summary>
    private async Task<IEnumerable<ArtifactRef>> BlobsOfAsync(ArtifactRef artifact, HashSet<Digest> damaged, CancellationToken cancellationToken)
    {
        if (artifact.Kind == ArtifactKind.Blob)
            return [artifact];
        if (damaged.Contains(artifact.Digest))
            return [new ArtifactRef(ArtifactKind.Blob, artifact.Digest, 0)];
        try
        {
            var files = await store.ReadTreeAsync(artifact.Digest, cancellationToken);
            return files.Select(file => new ArtifactRef(ArtifactKind.Blob, file.Digest, file.Size));
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.NotFound)
        {
            return [new ArtifactRef(ArtifactKind.Blob, artifact.Digest, 0)];
        }
    }
}
