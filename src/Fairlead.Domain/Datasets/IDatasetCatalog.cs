using Fairlead.Domain.Artifacts;

namespace Fairlead.Domain.Datasets;

/// <summary>The seam to the catalog's dataset versions.</summary>
public interface IDatasetCatalog
{
    /// <summary>Records a version unless that dataset has one with the same digest, and returns the recorded one with its number.</summary>
    Task<DatasetVersion> AddAsync(DatasetVersion candidate, CancellationToken cancellationToken);

    Task<DatasetVersion?> FindAsync(string dataset, Digest digest, CancellationToken cancellationToken);

    /// <summary>Newest first; all datasets when <paramref name="dataset"/> is null.</summary>
    Task<IReadOnlyList<DatasetVersion>> ListAsync(string? dataset, CancellationToken cancellationToken);
}
