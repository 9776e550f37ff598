using Fairlead.Domain.Artifacts.Keeping;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Models;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Runs;

namespace Fairlead.Artifacts.Registry.Bundles;

/// <summary>Pushes what the catalog knows to the project's registry, and pulls what others pushed.</summary>
public sealed class BundleDesk(LocalArtifactStore store, RegistryLink link, IDatasetCatalog datasets, IModelCatalog models, IRunCatalog runs, IReleaseCatalog releases, TimeProvider time)
{
    private static readonly Dictionary<string, string> NoAnnotations = [];
    private readonly BundleNames names = new(datasets, models, runs, releases);

    /// <param name="name"><c>dataset/rides@3</c>, <c>model/late@2</c>, <c>run/train-7</c>, <c>release/v001</c>, or short: <c>rides@3</c>, <c>train-7</c>, <c>v001</c>.</param>
    /// <param name="tell">Told a few times a second.</param>
    /// <exception cref="FairleadException">NotFound; Conflict: no registry; what the registry refuses.</exception>
    public async Task<TransferProgress> PushAsync(string name, Action<TransferProgress>? tell, CancellationToken cancellationToken)
    {
        var bundle = await names.FindAsync(name, cancellationToken).ConfigureAwait(false);
        var client = await link.RequireAsync(cancellationToken).ConfigureAwait(false);
        return await new BundlePusher(store, client, time).PushAsync(bundle, tell, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Brings it into the store, where its name keeps it.</summary>
    public async Task<FetchedBundle> PullAsync(string name, Action<TransferProgress>? tell, CancellationToken cancellationToken)
    {
        var full = BundleNames.Complete(name);
        var client = await link.RequireAsync(cancellationToken).ConfigureAwait(false);
        var fetched = await new BundlePuller(store, client, time).PullAsync(full, null, tell, cancellationToken).ConfigureAwait(false)
            ?? throw FairleadException.NotFound($"The registry '{client.Options.Address}' has no '{full}'; push it from where it is.");
        for (var i = 0; i < fetched.Roots.Count; i++)
            await store.NameAsync(fetched.Roots.Count == 1 ? full : $"{full}/{i + 1}", fetched.Roots[i], NoAnnotations, cancellationToken).ConfigureAwait(false);
        return fetched;
    }
}
