using System.Text.Json;
using Fairlead.Domain.Records;
using Fairlead.Monitoring.Drift.Reports;

namespace Fairlead.Monitoring.Drift.Watching;

/// <summary>Keeps reports as records in the catalog, named after service and environment.</summary>
public sealed class DriftStore(IRecordCatalog records)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(14);

    public async Task AddAsync(DriftReport report, CancellationToken cancellationToken)
    {
        var name = NameOf(report.Service, report.Environment);
        var document = JsonSerializer.Serialize(report, DriftJson.Default.DriftReport);
        await records.AddAsync(RecordKind.Drift, name, JsonNamingPolicy.CamelCase.ConvertName(report.Severity.ToString()), report.At, _ => document, cancellationToken).ConfigureAwait(false);
        await records.RemoveAsync(RecordKind.Drift, name, report.At - Kept, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The newest report, or null before the first.</summary>
    public async Task<DriftReport?> FindLatestAsync(string service, string environment, CancellationToken cancellationToken) =>
        await records.FindLatestAsync(RecordKind.Drift, NameOf(service, environment), cancellationToken).ConfigureAwait(false) is { } record
            ? JsonSerializer.Deserialize(record.Document, DriftJson.Default.DriftReport)
            : null;

    public static string NameOf(string service, string environment) => $"{service}/{environment}";
}
