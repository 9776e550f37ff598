using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Records;

namespace Fairlead.Predictions.Keeping;

/// <summary>Tells that a prediction was erased, from one that never was.</summary>
public sealed class ErasedPredictions(StateFolder folder, IRecordCatalog records)
{
    private readonly ErasureRecords erasures = new(records);

    /// <summary>The erasure that removed the prediction, or null when none did.</summary>
    public async Task<Erasure?> FindAsync(PredictionId id, CancellationToken cancellationToken)
    {
        foreach (var erasure in await erasures.ListAsync(null, cancellationToken).ConfigureAwait(false))
        {
            if (erasure.Ids is not null && id.UnixMilliseconds >= erasure.FirstId && id.UnixMilliseconds <= erasure.LastId
                && ErasedIds.Contains(ErasedIds.PathOf(folder.Predictions, erasure.Number), id))
                return erasure;
        }

        return null;
    }
}
