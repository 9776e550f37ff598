using System.Text.Json;
using Fairlead.Artifacts.Blobs;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Artifacts.Keeping;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Models;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;
using Microsoft.Extensions.Logging;

namespace Fairlead.Artifacts.Keeping;

/// <summary>Re-hashes the store, says which records damage touches, and repairs what can be repaired.</summary>
public sealed class StoreExamination
{
    private const int MostShown = 100;
    private const string Models = "models";
    private const string Releases = "releases";
    private const string ModelTable = "model versions";

    private static readonly string[] Ranks = [Models, "outputs", "datasets", Releases, "logs", "code", "inputs"];

    // What every cleaning keeps, whatever its rules: that another run's outputs are not there is no damage.
    private static readonly KeepRules Least = new() { Runs = 1, DatasetVersions = 1 };
    private readonly LocalArtifactStore store;
    private readonly ReferenceReader reader;
    private readonly IModelCatalog models;
    private readonly IReleaseCatalog releases;
    private readonly IBlobSource? source;
    private readonly ILogger logger;

    /// <param name="records">Everything that is recorded beside runs and dataset versions.</param>
    /// <param name="source">Where lost blobs may be had; null for nowhere.</param>
    public StoreExamination(
        LocalArtifactStore store, IRunCatalog runs, IDatasetCatalog datasets, IModelCatalog models, IReleaseCatalog releases, IReferenceSource records, IBlobSource? source, ILogger<StoreExamination> logger)
    {
        (this.store, this.models, this.releases, this.source, this.logger) = (store, models, releases, source, logger);
        reader = new ReferenceReader(runs, datasets, records);
    }

    /// <param name="isRepair">Puts what is damaged aside, and fetches it and what is missing where it may be had.</param>
    /// <returns>Sorted by digest.</returns>
    public async Task<IReadOnlyList<StoreDamage>> RunAsync(bool isRepair, CancellationToken cancellationToken)
    {
        if (isRepair)
            SetIndexAside();
        var damaged = (await store.FindDamagedAsync(cancellationToken).ConfigureAwait(false)).ToHashSet();
        var references = await WithLabelsAsync(await reader.ReadAsync(Least, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        var (users, missing) = await Task.Run(() => FindUsers(references, damaged, cancellationToken), cancellationToken).ConfigureAwait(false);
        var found = new List<StoreDamage>();
        foreach (var digest in damaged.Concat(missing).Order())
        {
            var cure = isRepair ? await RepairAsync(digest, damaged.Contains(digest), cancellationToken).ConfigureAwait(false) : null;
            found.Add(new StoreDamage(digest, !damaged.Contains(digest), users.TryGetValue(digest, out var owners) ? Shown(owners) : [], cure));
        }

        return found;
    }

    private void SetIndexAside()
    {
        Directory.CreateDirectory(store.Layout.Quarantine);
        if (store.Names.SetAsideIfDamaged(Path.Combine(store.Layout.Quarantine, "index.json")))
            Log.IndexSetAside(logger, store.Layout.Quarantine);
    }

    /// <summary>Models and releases by their names, in place of what the catalog says of them in general.</summary>
    private async Task<References> WithLabelsAsync(References found, CancellationToken cancellationToken)
    {
        var kept = found.Kept.Where(reference => reference.Kind is not (ModelTable or Releases)).ToList();
        foreach (var version in await models.ListAsync(null, cancellationToken).ConfigureAwait(false))
            kept.Add(new Reference(Models, version.Model, $"model {version.Label}", BlobName.Of(version.Artifact.Digest), MustExist: true));
        foreach (var release in await releases.ListAsync(int.MaxValue, cancellationToken).ConfigureAwait(false))
            ReferenceScan.Artifacts(JsonSerializer.Serialize(release, DomainJson.Default.Release), name => kept.Add(new Reference(Releases, null, $"release {release.Name}", name, MustExist: true)));
        return found with { Kept = kept };
    }

    /// <summary>What matters most first; of very many, how many more there are.</summary>
    private static IReadOnlyList<string> Shown(HashSet<(string Kind, string Owner)> owners)
    {
        var sorted = owners.OrderBy(owner => Array.IndexOf(Ranks, owner.Kind) is >= 0 and var rank ? rank : Ranks.Length).ThenBy(owner => owner.Owner, StringComparer.Ordinal).Select(owner => owner.Owner);
        return owners.Count <= MostShown ? [.. sorted] : [.. sorted.Take(MostShown), $"{owners.Count - MostShown} more"];
    }

    private (Dictionary<Digest, HashSet<(string Kind, string Owner)>> Users, HashSet<Digest> Missing) FindUsers(References references, HashSet<Digest> damaged, CancellationToken cancellationToken)
    {
        var users = new Dictionary<Digest, HashSet<(string Kind, string Owner)>>();
        var missing = new HashSet<Digest>();
        var reach = new BlobReach(store.Blobs);
        foreach (var (reference, isKept) in references.Kept.Select(kept => (kept, true)).Concat(references.LetGo.Select(gone => (gone, false))))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var digest in BlobsOf(reference.Blob))
            {
                var isMissing = isKept && reference.MustExist && !File.Exists(store.Blobs.PathOf(digest));
                if (isMissing)
                    missing.Add(digest);
                if (isMissing || damaged.Contains(digest))
                    Add(digest, (reference.Kind, reference.Owner));
            }
        }

        return (users, missing);

        IEnumerable<Digest> BlobsOf(BlobName name)
        {
            var digest = name.ToDigest();
            return damaged.Contains(digest) ? [digest] : [digest, .. reach.OfReadable(name).Select(needed => needed.ToDigest())];
        }

        void Add(Digest digest, (string Kind, string Owner) owner)
        {
            if (!users.TryGetValue(digest, out var owners))
                users.Add(digest, owners = []);
            owners.Add(owner);
        }
    }

    /// <returns>What was done, for people.</returns>
    private async Task<string> RepairAsync(Digest digest, bool isDamaged, CancellationToken cancellationToken)
    {
        if (isDamaged)
        {
            store.Blobs.SetAside(digest, Path.Combine(store.Layout.Quarantine, digest.Hex));
            Log.BlobSetAside(logger, digest, store.Layout.Quarantine);
        }

        if (source is not null && await source.TryFetchAsync(digest, cancellationToken).ConfigureAwait(false))
            return $"fetched from {source.Name}";
        return isDamaged ? "set aside" : "not to be had";
    }
}
