using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Records;

namespace Fairlead.Monitoring.Kpis;

/// <summary>Keeps points as records of the catalog, named after their KPI: one of now, and one for each full window.</summary>
internal sealed class KpiStore(IRecordCatalog records)
{
    /// <summary>Points of the past that are kept of one KPI.</summary>
    public const int Kept = 1000;

    private const string Current = "current";
    private const string Past = "past";

    public async Task<KpiPoint?> FindCurrentAsync(string kpi, CancellationToken cancellationToken) =>
        await FindCurrentRecordAsync(kpi, cancellationToken).ConfigureAwait(false) is { } record ? Read(record) : null;

    public async Task SetCurrentAsync(KpiPoint point, CancellationToken cancellationToken)
    {
        if (await FindCurrentRecordAsync(point.Kpi, cancellationToken).ConfigureAwait(false) is { } record)
            await records.UpdateAsync(RecordKind.Kpi, record.Number, Current, Write(point), cancellationToken).ConfigureAwait(false);
        else
            await records.AddAsync(RecordKind.Kpi, point.Kpi, Current, point.Until, _ => Write(point), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Oldest first.</summary>
    /// <param name="since">Windows that ended then or later.</param>
    public async Task<IReadOnlyList<KpiPoint>> ListPastAsync(string kpi, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var found = await ListPastRecordsAsync(kpi, since, cancellationToken).ConfigureAwait(false);
        return [.. found.Select(Read).OrderBy(point => point.Until)];
    }

    /// <summary>Adds the point of a full window, or replaces the one that is known of it.</summary>
    public async Task PutPastAsync(KpiPoint point, CancellationToken cancellationToken)
    {
        var known = (await ListPastRecordsAsync(point.Kpi, point.Until, cancellationToken).ConfigureAwait(false)).FirstOrDefault(record => record.At == point.Until);
        if (known is not null)
            await records.UpdateAsync(RecordKind.Kpi, known.Number, Past, Write(point), cancellationToken).ConfigureAwait(false);
        else
            await records.AddAsync(RecordKind.Kpi, point.Kpi, Past, point.Until, _ => Write(point), cancellationToken).ConfigureAwait(false);
    }

    public Task ForgetAsync(string kpi, DateTimeOffset before, CancellationToken cancellationToken) =>
        records.RemoveAsync(RecordKind.Kpi, kpi, before, cancellationToken);

    private Task<IReadOnlyList<CatalogRecord>> ListPastRecordsAsync(string kpi, DateTimeOffset since, CancellationToken cancellationToken) =>
        records.ListAsync(RecordKind.Kpi, new RecordFilter { Name = kpi, Status = Past, Since = since, Limit = Kept }, cancellationToken);

    private async Task<CatalogRecord?> FindCurrentRecordAsync(string kpi, CancellationToken cancellationToken) =>
        (await records.ListAsync(RecordKind.Kpi, new RecordFilter { Name = kpi, Status = Current, Limit = 1 }, cancellationToken).ConfigureAwait(false)).FirstOrDefault();

    private static KpiPoint Read(CatalogRecord record) => JsonSerializer.Deserialize(record.Document, KpiJson.Default.KpiPoint)
        ?? throw FairleadException.Damaged($"The record {record.Number} of the KPI '{record.Name}' is empty; restore the catalog from a backup.");

    private static string Write(KpiPoint point) => JsonSerializer.Serialize(point, KpiJson.Default.KpiPoint);
}
