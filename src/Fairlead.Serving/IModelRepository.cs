namespace Fairlead.Serving;

/// <summary>Models that clients may load and unload by themselves: only for a host that no control plane manages.</summary>
public interface IModelRepository
{
    /// <summary>Every version of every model, loaded or not.</summary>
    IReadOnlyList<RepositoryEntry> Index();

    /// <summary>Loads a model, or loads it again.</summary>
    /// <exception cref="Domain.Problems.FairleadException">NotFound, Invalid.</exception>
    Task LoadAsync(string model, CancellationToken cancellationToken);

    /// <exception cref="Domain.Problems.FairleadException">NotFound.</exception>
    Task UnloadAsync(string model, CancellationToken cancellationToken);
}
