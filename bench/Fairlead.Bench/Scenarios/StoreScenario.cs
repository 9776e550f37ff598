using System.Diagnostics;
using Fairlead.Artifacts;
using Fairlead.Artifacts.Registry;
using Fairlead.Artifacts.Registry.Bundles;
using Fairlead.Bench.Processes;
using Fairlead.Bench.Results;
using Fairlead.Bench.Storing;
using Fairlead.Catalog;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Projects;

namespace Fairlead.Bench.Scenarios;

/// <summary>What it costs to keep files, durably and by content, and to bring them to a registry and back.</summary>
internal sealed class StoreScenario : IScenario
{
    private const int LargeFiles = 4;
    private const int MostRounds = 3;
    private const string Skopeo = "skopeo copy";
    private static readonly Dictionary<string, string> None = [];

    public string Name => "store";

    public async Task<IReadOnlyList<Measure>> RunAsync(BenchContext context, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(context.Folder, "store-bench")).FullName;
        var quick = context.Options.Quick;
        var large = StoredFiles.Large(Path.Combine(folder, "large"), LargeFiles, quick ? 32 << 20 : 1 << 30);
        var small = StoredFiles.Small(Path.Combine(folder, "small"), quick ? 2_000 : 100_000);
        var measures = new List<Measure>();
        measures.AddRange(await KeepAsync(context, folder, large, 0.7, 3, cancellationToken));
        measures.AddRange(await KeepAsync(context, folder, small, null, null, cancellationToken));
        measures.AddRange(await ExchangeAsync(context, folder, StoredFiles.Large(Path.Combine(folder, "pushed"), LargeFiles, quick ? 8 << 20 : 256 << 20), cancellationToken));
        Directory.Delete(folder, recursive: true);
        return measures;
    }

    private async Task<IReadOnlyList<Measure>> KeepAsync(BenchContext context, string folder, StoredFiles files, double? byCopy, double? byOthers, CancellationToken cancellationToken)
    {
        var keepers = new Keepers(folder, context.Time);
        var speeds = Keepers.Names.ToDictionary(name => name, _ => new List<double>(), StringComparer.Ordinal);
        for (var round = 0; round < Math.Min(context.Options.Rounds, MostRounds); round++)
        {
            foreach (var name in Keepers.Names)
            {
                var keep = await keepers.PrepareAsync(name, files, cancellationToken);
                var clock = Stopwatch.StartNew();
                await keep();
                speeds[name].Add(files.Bytes / 1e6 / clock.Elapsed.TotalSeconds);
                // The next one does not wait for what this one left unwritten.
                await Command.RunAsync("sync", ["-f", keepers.Place], folder, None, cancellationToken);
                context.Progress($"store: {files.Name}, {name}: {clock.Elapsed.TotalSeconds:0.0} s");
            }
        }

        Directory.Delete(keepers.Place, recursive: true);
        return [.. Keepers.Names.Where(name => name != Keepers.Store).Select(name => Compare($"keep {files.Name}", speeds[Keepers.Store], name, speeds[name], name is Keepers.Copy or Keepers.FlushedCopy ? byCopy : byOthers))];
    }

    private async Task<IReadOnlyList<Measure>> ExchangeAsync(BenchContext context, string folder, StoredFiles files, CancellationToken cancellationToken)
    {
        var rounds = new List<(double Push, double Pull, double SkopeoPush, double SkopeoPull)>();
        for (var round = 0; round < Math.Min(context.Options.Rounds, MostRounds); round++)
        {
            var place = Directory.CreateDirectory(Path.Combine(folder, $"exchange-{round}")).FullName;
            rounds.Add(await ExchangeOnceAsync(context, place, files, cancellationToken));
            Directory.Delete(place, recursive: true);
        }

        return
        [
            Compare($"push {files.Name}", [.. rounds.Select(round => round.Push)], Skopeo, [.. rounds.Select(round => round.SkopeoPush)], null),
            Compare($"pull {files.Name}", [.. rounds.Select(round => round.Pull)], Skopeo, [.. rounds.Select(round => round.SkopeoPull)], null),
        ];
    }

    private static async Task<(double Push, double Pull, double SkopeoPush, double SkopeoPull)> ExchangeOnceAsync(BenchContext context, string place, StoredFiles files, CancellationToken cancellationToken)
    {
        await using var registry = await RegistryPeer.StartAsync(place, context.Time, cancellationToken);
        using var source = LocalArtifactStore.Open(Path.Combine(place, "source"), context.Time);
        using var target = LocalArtifactStore.Open(Path.Combine(place, "target"), context.Time);
        var tree = await source.PutAsync(files.Folder, cancellationToken);
        await source.NameAsync("dataset/files@1", tree, None, cancellationToken);
        await using var catalog = await CatalogAsync(place, tree, context.Time, cancellationToken);
        var skopeoPush = await TimeAsync(files, () => Command.RunAsync("skopeo", ["copy", "-q", "--dest-tls-verify=false", $"oci:{place}/source:dataset/files@1", $"docker://{registry.Address}/skopeo:1"], place, None, cancellationToken));
        var push = await TimeAsync(files, () => Desk(source, catalog, registry, context.Time).PushAsync("files@1", null, cancellationToken));
        var pull = await TimeAsync(files, () => Desk(target, catalog, registry, context.Time).PullAsync("files@1", null, cancellationToken));
        var skopeoPull = await TimeAsync(files, () => Command.RunAsync("skopeo", ["copy", "-q", "--src-tls-verify=false", $"docker://{registry.Address}/skopeo:1", $"oci:{place}/copy:1"], place, None, cancellationToken));
        return (push, pull, skopeoPush, skopeoPull);
    }

    private static async Task<double> TimeAsync(StoredFiles files, Func<Task> work)
    {
        var clock = Stopwatch.StartNew();
        await work();
        return files.Bytes / 1e6 / clock.Elapsed.TotalSeconds;
    }

    private static BundleDesk Desk(LocalArtifactStore store, SqliteCatalog catalog, RegistryPeer registry, TimeProvider time)
    {
        var definition = new StoreDefinition($"{registry.Address}/fairlead", IsPlain: true, null, null, IsCache: false);
        var link = new RegistryLink(store, _ => Task.FromResult<StoreDefinition?>(definition), _ => new RegistryOptions { Address = RegistryAddress.Parse(definition.Registry, isPlain: true) }, time);
        return new BundleDesk(store, link, catalog, catalog, catalog, catalog, time);
    }

    private static async Task<SqliteCatalog> CatalogAsync(string folder, ArtifactRef tree, TimeProvider time, CancellationToken cancellationToken)
    {
        var catalog = SqliteCatalog.Open(Path.Combine(folder, "catalog", "catalog.db"), time);
        await ((IDatasetCatalog)catalog).AddAsync(
            new DatasetVersion { Dataset = "files", Number = 0, Artifact = tree, Path = "files", RegisteredAt = time.GetUtcNow(), RegisteredBy = "bench", Commit = new CommitState(new string('0', 40), null, null) },
            cancellationToken);
        return catalog;
    }

    private Measure Compare(string what, IReadOnlyList<double> ours, string against, IReadOnlyList<double> theirs, double? atLeast) =>
        Measure.SideBySide(Name, what, "MB/s", ours, against, theirs, atLeast is { } bound ? Target.AtLeast(bound) : null);
}
