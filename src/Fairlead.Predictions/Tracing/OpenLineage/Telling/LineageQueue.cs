using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Records;

namespace Fairlead.Predictions.Tracing.OpenLineage.Telling;

/// <summary>Events that wait to be sent, and that were, as records of the catalog.</summary>
internal sealed class LineageQueue(IRecordCatalog records)
{
    private const string EventName = "event";
    private const string BeginName = "begin";

    /// <summary>When lineage was told for the first time; now, if it never was.</summary>
    public async Task<DateTimeOffset> BeginAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        (await records.FindLatestAsync(RecordKind.LineageEvent, BeginName, cancellationToken).ConfigureAwait(false)
            ?? await records.AddAsync(RecordKind.LineageEvent, BeginName, BeginName, now, _ => "{}", cancellationToken).ConfigureAwait(false)).At;

    /// <summary>Keys of the events that were put into the queue since then.</summary>
    public async Task<IEnumerable<string>> ListKeysAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        (await records.ListAsync(RecordKind.LineageEvent, new RecordFilter { Name = EventName, Since = since, Limit = int.MaxValue }, cancellationToken).ConfigureAwait(false)).Select(record => Read(record).Key);

    public Task AddAsync(LineageNotice notice, DateTimeOffset now, CancellationToken cancellationToken) =>
        records.AddAsync(RecordKind.LineageEvent, EventName, Word(LineageNoticeStatus.Waiting), now, _ => Write(notice), cancellationToken);

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<(int Number, DateTimeOffset At, LineageNotice Notice)>> ListWaitingAsync(CancellationToken cancellationToken)
    {
        var filter = new RecordFilter { Name = EventName, Status = Word(LineageNoticeStatus.Waiting), Limit = int.MaxValue };
        var found = await records.ListAsync(RecordKind.LineageEvent, filter, cancellationToken).ConfigureAwait(false);
        return [.. found.Reverse().Select(record => (record.Number, record.At, Read(record)))];
    }

    public Task UpdateAsync(int number, LineageNotice notice, LineageNoticeStatus status, CancellationToken cancellationToken) =>
        records.UpdateAsync(RecordKind.LineageEvent, number, Word(status), Write(notice), cancellationToken);

    public Task ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken) => records.RemoveAsync(RecordKind.LineageEvent, EventName, before, cancellationToken);

    private static string Word(LineageNoticeStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());

    private static string Write(LineageNotice notice) => JsonSerializer.Serialize(notice, LineageJson.Default.LineageNotice);

    private static LineageNotice Read(CatalogRecord record) => JsonSerializer.Deserialize(record.Document, LineageJson.Default.LineageNotice)
        ?? throw FairleadException.Damaged($"The record {record.Number} of a lineage event is empty; restore the catalog from a backup.");
}
