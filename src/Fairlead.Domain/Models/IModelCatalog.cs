using Fairlead.Domain.Runs;

namespace Fairlead.Domain.Models;

/// <summary>The seam to the catalog's model versions.</summary>
public interface IModelCatalog
{
    /// <summary>Records a version unless the model has one with the same artifact from the same run, and returns the recorded one with its number.</summary>
    Task<ModelVersion> AddAsync(ModelVersion candidate, CancellationToken cancellationToken);

    Task<ModelVersion?> FindAsync(string model, int number, CancellationToken cancellationToken);

    /// <summary>Newest first; all models when <paramref name="model"/> is null.</summary>
    Task<IReadOnlyList<ModelVersion>> ListAsync(string? model, CancellationToken cancellationToken);
}
