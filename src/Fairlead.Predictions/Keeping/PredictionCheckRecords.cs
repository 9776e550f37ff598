using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Records;

namespace Fairlead.Predictions.Keeping;

/// <summary>What looks at every byte of the predictions found, kept in the catalog.</summary>
public sealed class PredictionCheckRecords(IRecordCatalog records, TimeProvider time)
{
    /// <summary>All records of the kind have one name.</summary>
    public const string RecordName = "predictions";

    /// <summary>What <see cref="CatalogRecord.Status"/> says of a look that found nothing.</summary>
    public const string Fine = "fine";

    /// <summary>… and of one that found files whose bytes are not those that were written.</summary>
    public const string Damaged = "damaged";

    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public async Task AddAsync(PredictionCheckReport report, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var document = JsonSerializer.Serialize(report, KeepingJson.Default.PredictionCheckReport);
        await records.AddAsync(RecordKind.PredictionCheck, RecordName, report.Damaged.Count > 0 ? Damaged : Fine, now, _ => document, cancellationToken).ConfigureAwait(false);
        await records.RemoveAsync(RecordKind.PredictionCheck, null, now - KeptFor, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The newest look and when it was, or null.</summary>
    /// <exception cref="FairleadException">Damaged: the record cannot be read.</exception>
    public async Task<(DateTimeOffset At, PredictionCheckReport Report)?> FindLatestAsync(CancellationToken cancellationToken)
    {
        if (await records.FindLatestAsync(RecordKind.PredictionCheck, RecordName, cancellationToken).ConfigureAwait(false) is not { } found)
            return null;
        try
        {
            return (found.At, JsonSerializer.Deserialize(found.Document, KeepingJson.Default.PredictionCheckReport) ?? throw new JsonException("null"));
        }
        catch (JsonException e)
        {
            throw new FairleadException(ProblemKind.Damaged, $"The record '{found.Number}' of a check of the predictions cannot be read ({e.Message}); restore the catalog from a backup.", e);
        }
    }
}
