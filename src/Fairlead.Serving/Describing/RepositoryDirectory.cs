using Fairlead.Domain.Problems;
using Fairlead.Serving.Routing;

namespace Fairlead.Serving.Describing;

/// <summary>The models that clients can ask for, and what they may do to them.</summary>
internal sealed class RepositoryDirectory
{
    public const string Ready = "READY";

    /// <summary>Null when a control plane decides what is served.</summary>
    public IModelRepository? Repository { get; set; }

    /// <param name="onlyReady">Leaves out what cannot answer now.</param>
    public IEnumerable<RepositoryEntry> Index(EnvironmentRoutes? environment, bool onlyReady)
    {
        var entries = Repository?.Index() ?? [.. Models(environment).SelectMany(service => service.Groups).Select(group => new RepositoryEntry(group.Name.Service, group.Version, Ready, ""))];
        return entries.Where(entry => !onlyReady || entry.State == Ready);
    }

    /// <exception cref="FairleadException">Invalid: this host's models are not the clients' to load; NotFound.</exception>
    public Task LoadAsync(string model, CancellationToken cancellationToken) => Require(model).LoadAsync(model, cancellationToken);

    /// <exception cref="FairleadException">Invalid: as above; NotFound.</exception>
    public Task UnloadAsync(string model, CancellationToken cancellationToken) => Require(model).UnloadAsync(model, cancellationToken);

    /// <summary>The services of an environment that are models or chains, by name.</summary>
    public static IEnumerable<ServiceRoute> Models(EnvironmentRoutes? environment) =>
        (environment?.Routes ?? []).Where(service => service.Command is null).OrderBy(service => service.Service, StringComparer.Ordinal);

    private IModelRepository Require(string model) => Repository
        ?? throw FairleadException.Invalid($"The model '{model}' is not loaded or unloaded by clients: what this host serves is deployed; use 'fairlead deploy' and 'fairlead rollback'.");
}
