using Fairlead.Domain.Artifacts.Keeping;
using Fairlead.Predictions.Keeping;
using Fairlead.Web.Contracts;

namespace Fairlead.Web.Endpoints;

/// <summary>Reads the store and the predictions anew, and says which blobs and files are damaged or missing, and what the blobs belong to.</summary>
internal sealed class StoreCheck(IStoreDesk store, PredictionCheck predictions, PredictionCheckRecords checks, StoreCheckRecords storeChecks)
{
    public async Task<StoreCheckAnswer> RunAsync(bool isRepair, CancellationToken cancellationToken)
    {
        var damage = await store.ExamineAsync(isRepair, cancellationToken);
        await storeChecks.AddAsync(new StoreCheckRecord(damage.Count(blob => !blob.IsMissing), damage.Count(blob => blob.IsMissing), isRepair), cancellationToken);
        var found = await predictions.RunAsync(cancellationToken);
        await checks.AddAsync(found, cancellationToken);
        return new StoreCheckAnswer(Findings(isMissing: false), Findings(isMissing: true), found);

        IReadOnlyList<BlobFinding> Findings(bool isMissing) =>
            [.. damage.Where(blob => blob.IsMissing == isMissing).Select(blob => new BlobFinding(blob.Digest, blob.UsedBy, blob.Cure))];
    }
}
