using Fairlead.Artifacts;
using Fairlead.Artifacts.Exchange;
using Fairlead.Artifacts.Keeping;
using Fairlead.Artifacts.Registry;
using Fairlead.Artifacts.Registry.Bundles;
using Fairlead.Catalog;
using Fairlead.Domain.Artifacts.Keeping;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Projects;
using Fairlead.ProjectFile;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fairlead.Roles;

/// <summary>Puts together what is done with the store as a whole: keeping order in it, and the registry that the project file names.</summary>
internal sealed class StoreRoom : IAsyncDisposable
{
    private readonly string root;
    private readonly ISecretSource secrets;
    private readonly RegistryLink link;
    private readonly StoreDesk desk;

    /// <param name="root">The folder of the project file.</param>
    public StoreRoom(LocalArtifactStore store, SqliteCatalog catalog, string root, ISecretSource secrets, TimeProvider time, ILoggerFactory loggers)
    {
        (this.root, this.secrets) = (root, secrets);
        link = new RegistryLink(store, ReadAsync, OptionsOf, time);
        Exchange = new RunExchange(store, link, catalog.Runs, time, loggers.CreateLogger<RunExchange>());
        desk = new StoreDesk(
            new StoreCleaner(store, catalog.Runs, catalog.Datasets, catalog.References, time, loggers.CreateLogger<StoreCleaner>()),
            new StoreUsage(store, catalog.Runs, catalog.Datasets, catalog.References),
            new StoreExamination(store, catalog.Runs, catalog.Datasets, catalog.Models, catalog.Releases, catalog.References, link, loggers.CreateLogger<StoreExamination>()),
            new BundleDesk(store, link, catalog.Datasets, catalog.Models, catalog.Runs, catalog.Releases, time));
    }

    /// <summary>Runs of other machines.</summary>
    public RunExchange Exchange { get; }

    /// <summary>Makes it known to the endpoints.</summary>
    public void AddTo(IServiceCollection services) => services.AddSingleton<IStoreDesk>(desk);

    public async ValueTask DisposeAsync()
    {
        await Exchange.DisposeAsync();
        link.Dispose();
    }

    /// <summary>A project file that cannot be read names no registry: whatever runs a step says what is wrong with it.</summary>
    private async Task<StoreDefinition?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            var text = await File.ReadAllTextAsync(Path.Combine(root, StateFolder.ProjectFileName), cancellationToken);
            // Most name none, and need not be read for it.
            return text.Contains("store", StringComparison.Ordinal) ? new YamlProjectReader().Read(text).Project?.Store : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private RegistryOptions OptionsOf(StoreDefinition definition) => new()
    {
        Address = RegistryAddress.Parse(definition.Registry, definition.IsPlain),
        Credentials = () => definition.Credentials is { } reference ? ControlSecrets.Resolve(secrets, reference) : null,
        CaFile = definition.CaFile is { } file ? Path.Combine(root, file) : null,
    };
}
