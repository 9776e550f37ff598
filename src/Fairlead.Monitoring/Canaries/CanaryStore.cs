using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Records;

namespace Fairlead.Monitoring.Canaries;

/// <summary>Keeps reports as records of the catalog, named after service and environment.</summary>
internal sealed class CanaryStore(IRecordCatalog records)
{
    /// <summary>What is looked through for a filter that the catalog does not know.</summary>
    private const int MostSearched = 5000;

    public async Task<CanaryReport> AddAsync(Func<int, CanaryReport> create, string service, string environment, string status, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var record = await records.AddAsync(
            RecordKind.Canary, NameOf(service, environment), status, at, number => JsonSerializer.Serialize(create(number), CanariesJson.Default.CanaryReport), cancellationToken).ConfigureAwait(false);
        return Read(record);
    }

    public async Task<CanaryReport?> FindAsync(int number, CancellationToken cancellationToken) =>
        await records.FindAsync(RecordKind.Canary, number, cancellationToken).ConfigureAwait(false) is { } record ? Read(record) : null;

    public async Task<IReadOnlyList<CanaryReport>> ListAsync(CanaryFilter filter, CancellationToken cancellationToken)
    {
        var name = filter is { Service: { } service, Environment: { } environment } ? NameOf(service, environment) : null;
        var isKnown = filter is { Rollout: null, Execution: null } && (name is not null || filter is { Service: null, Environment: null });
        var found = await records.ListAsync(RecordKind.Canary, new RecordFilter { Name = name, Limit = isKnown ? filter.Limit : MostSearched }, cancellationToken).ConfigureAwait(false);
        return [.. found.Select(Read).Where(report => IsMeant(report, filter)).Take(filter.Limit)];
    }

    private static bool IsMeant(CanaryReport report, CanaryFilter filter) =>
        (filter.Service is null || report.Service == filter.Service)
        && (filter.Environment is null || report.Environment == filter.Environment)
        && (filter.Rollout is null || report.Rollout == filter.Rollout)
        && (filter.Execution is null || report.Execution == filter.Execution);

    private static string NameOf(string service, string environment) => $"{service}/{environment}";

    private static CanaryReport Read(CatalogRecord record) => JsonSerializer.Deserialize(record.Document, CanariesJson.Default.CanaryReport)
        ?? throw FairleadException.Damaged($"The record of canary '{record.Number}' is empty; restore the catalog from a backup.");
}
