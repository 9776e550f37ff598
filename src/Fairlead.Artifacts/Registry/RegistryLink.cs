using Fairlead.Artifacts.Keeping;
using Fairlead.Artifacts.Registry.Bundles;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Artifacts.Registry;

/// <summary>The registry that the project file names, as it is now.</summary>
public sealed class RegistryLink : IBlobSource, IDisposable
{
    private static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);
    private readonly LocalArtifactStore store;
    private readonly Func<CancellationToken, Task<StoreDefinition?>> read;
    private readonly Func<StoreDefinition, RegistryOptions> options;
    private readonly TimeProvider time;
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly List<RegistryClient> opened = [];
    private StoreDefinition? known;
    private RegistryClient? client;
    private long? readAt;

    /// <param name="read">Gives what the project file says; null for no registry.</param>
    /// <param name="options">How the registry is reached, with its secrets.</param>
    public RegistryLink(LocalArtifactStore store, Func<CancellationToken, Task<StoreDefinition?>> read, Func<StoreDefinition, RegistryOptions> options, TimeProvider time) =>
        (this.store, this.read, this.options, this.time) = (store, read, options, time);

    public string Name => known?.Registry ?? "a registry";

    public void Dispose()
    {
        foreach (var each in opened)
            each.Dispose();
        gate.Dispose();
    }

    public async Task<bool> TryFetchAsync(Digest digest, CancellationToken cancellationToken)
    {
        try
        {
            return await FindAsync(cancellationToken).ConfigureAwait(false) is { } found && await new BundlePuller(store, found.Client, time).TryFetchAsync(digest, cancellationToken).ConfigureAwait(false);
        }
        catch (FairleadException e) when (e.Kind != ProblemKind.Exhausted)
        {
            return false;
        }
    }

    /// <summary>Null while the project file names no registry.</summary>
    internal async Task<(StoreDefinition Definition, RegistryClient Client)?> FindAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (readAt is not { } last || time.GetElapsedTime(last) >= Freshness)
            {
                var definition = await read(cancellationToken).ConfigureAwait(false);
                if (definition != known)
                    client = null;
                (known, readAt) = (definition, time.GetTimestamp());
            }

            if (known is null)
                return null;
            if (client is null)
                // One that is replaced may still be in use; there are as many as the project file was changed.
                opened.Add(client = new RegistryClient(options(known), time));
            return (known, client);
        }
        finally
        {
            gate.Release();
        }
    }

    /// <exception cref="FairleadException">Conflict: the project file names none.</exception>
    internal async Task<RegistryClient> RequireAsync(CancellationToken cancellationToken) =>
        (await FindAsync(cancellationToken).ConfigureAwait(false))?.Client
        ?? throw FairleadException.Conflict("The project file names no registry; add 'store: { registry: registry.example.com/team/project }'.");
}
