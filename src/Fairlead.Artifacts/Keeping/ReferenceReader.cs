using System.Text.Json;
using Fairlead.Artifacts.Blobs;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Artifacts.Keeping;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Serialization;

namespace Fairlead.Artifacts.Keeping;

/// <summary>Reads what all records name, and splits it by the rules into what is kept and what is let go.</summary>
internal sealed class ReferenceReader(IRunCatalog runCatalog, IDatasetCatalog datasetCatalog, IReferenceSource records)
{
    public async Task<References> ReadAsync(KeepRules rules, CancellationToken cancellationToken)
    {
        // The records before the runs: a run that becomes known in between is new, and kept for that.
        var kept = new List<Reference>();
        var texts = new List<(string Kind, string Text)>();
        await records.ReadAsync((kind, text) => texts.Add((kind, text)), cancellationToken).ConfigureAwait(false);
        var runs = await runCatalog.ListAsync(null, int.MaxValue, cancellationToken).ConfigureAwait(false);
        var named = Scan(texts, runs, kept);
        var selected = RunSelection.Select(runs, named, rules.Runs);
        var letGo = new List<Reference>();
        foreach (var run in runs)
            RunReferences.Collect(run, selected.Contains(run.Id) ? kept.Add : letGo.Add);
        var names = AddDatasets(await datasetCatalog.ListAsync(null, cancellationToken).ConfigureAwait(false), rules.DatasetVersions, kept, letGo);
        return new References(kept, letGo, runs.Count - selected.Count, names);
    }

    private static HashSet<RunId> Scan(List<(string Kind, string Text)> texts, IReadOnlyList<Run> runs, List<Reference> kept)
    {
        var ids = runs.ToDictionary(run => run.Id.ToString(), run => run.Id, StringComparer.Ordinal);
        var words = ids.Keys.ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        var named = new HashSet<RunId>();
        foreach (var (kind, text) in texts)
        {
            var artifacts = new HashSet<BlobName>();
            ReferenceScan.Artifacts(text, name => artifacts.Add(name));
            ReferenceScan.Digests(text, name => kept.Add(new Reference(kind, null, kind, name, artifacts.Contains(name))));
            ReferenceScan.Words(text, words, word => named.Add(ids[word]));
        }

        return named;
    }

    /// <returns>The names in the index of versions that are let go.</returns>
    private static HashSet<string> AddDatasets(IReadOnlyList<DatasetVersion> versions, int newest, List<Reference> kept, List<Reference> letGo)
    {
        var needed = kept.Select(reference => reference.Blob).ToHashSet();
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var version in versions)
        {
            var isNew = (counts[version.Dataset] = counts.GetValueOrDefault(version.Dataset) + 1) <= newest;
            var isKept = isNew || needed.Contains(BlobName.Of(version.Artifact.Digest));
            if (!isKept)
                names.Add($"dataset/{version.Label}");
            var target = isKept ? kept : letGo;
            var root = BlobName.Of(version.Artifact.Digest);
            ReferenceScan.Digests(JsonSerializer.Serialize(version, DomainJson.Default.DatasetVersion), name =>
                target.Add(new Reference("datasets", version.Dataset, $"dataset {version.Label}", name, name == root) { Size = name == root ? version.Artifact.Size : 0, Record = version.Label }));
        }

        return names;
    }
}
