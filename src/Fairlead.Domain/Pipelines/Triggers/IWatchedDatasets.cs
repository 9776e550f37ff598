using Fairlead.Domain.Datasets;
using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Pipelines.Triggers;

/// <summary>The seam to data on the disk.</summary>
public interface IWatchedDatasets
{
    /// <summary>Says cheaply whether the data may have changed: another text when it did; null when there is none.</summary>
    /// <exception cref="FairleadException">NotFound: the project has no such dataset.</exception>
    Task<string?> LookAsync(string dataset, CancellationToken cancellationToken);

    /// <summary>Stores it as it is, and records it as a version unless it is one.</summary>
    /// <exception cref="FairleadException">NotFound: no such dataset, or nothing at its path.</exception>
    Task<DatasetVersion> RegisterAsync(string dataset, CancellationToken cancellationToken);
}
