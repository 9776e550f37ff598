using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Domain.Datasets;

/// <summary>The seam to the present state of datasets, whatever they are made of.</summary>
public interface ICurrentDatasets
{
    /// <summary>The dataset's present state, stored but not recorded as a version.</summary>
    /// <exception cref="FairleadException">NotFound: no such dataset, or nothing at its path; Conflict: it was not fetched, or its query not executed, yet.</exception>
    Task<ArtifactRef> FindDatasetAsync(ProjectSnapshot snapshot, string dataset, CancellationToken cancellationToken);
}
