namespace Fairlead.Domain.Releases;

/// <summary>The seam to the catalog's releases.</summary>
public interface IReleaseCatalog
{
    /// <summary>Records a release under the next free number.</summary>
    Task<Release> AddAsync(Func<ReleaseName, Release> create, CancellationToken cancellationToken);

    Task<Release?> FindAsync(ReleaseName name, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<Release>> ListAsync(int limit, CancellationToken cancellationToken);
}
