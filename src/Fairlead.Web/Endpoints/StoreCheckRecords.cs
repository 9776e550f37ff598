using System.Text.Json;
using Fairlead.Domain.Records;
using Fairlead.Web.Contracts;

namespace Fairlead.Web.Endpoints;

/// <summary>Keeps in the catalog when the store was looked at, and what was found.</summary>
internal sealed class StoreCheckRecords(IRecordCatalog records, TimeProvider time)
{
    private const string RecordName = "store";
    private const string Fine = "fine";
    private const string Damaged = "damaged";
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(90);

    public async Task AddAsync(StoreCheckRecord found, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var document = JsonSerializer.Serialize(found, WebJson.Default.StoreCheckRecord);
        await records.AddAsync(RecordKind.StoreCheck, RecordName, found.Damaged + found.Missing > 0 ? Damaged : Fine, now, _ => document, cancellationToken);
        await records.RemoveAsync(RecordKind.StoreCheck, RecordName, now - KeptFor, cancellationToken);
    }

    /// <summary>The newest and when it was, or null.</summary>
    public async Task<(DateTimeOffset At, StoreCheckRecord Found)?> FindLatestAsync(CancellationToken cancellationToken) =>
        await records.FindLatestAsync(RecordKind.StoreCheck, RecordName, cancellationToken) is { } record && JsonSerializer.Deserialize(record.Document, WebJson.Default.StoreCheckRecord) is { } found
            ? (record.At, found)
            : null;
}
