using Fairlead.Domain.Problems;
using Fairlead.Domain.Records;

namespace Fairlead.Steps.Tests.Support;

/// <summary>Records in memory, by the rules of the seam.</summary>
internal sealed class MemoryRecords : IRecordCatalog
{
    private readonly Lock gate = new();
    private readonly List<CatalogRecord> records = [];

    public Task<CatalogRecord> AddAsync(RecordKind kind, string name, string status, DateTimeOffset at, Func<int, string> create, CancellationToken cancellationToken) => Locked(() =>
    {
        var number = records.Count(record => record.Kind == kind) + 1;
        records.Add(new CatalogRecord(kind, number, name, status, at, create(number)));
        return records[^1];
    });

    public Task UpdateAsync(RecordKind kind, int number, string status, string document, CancellationToken cancellationToken) => Locked(() =>
    {
        var index = records.FindIndex(record => record.Kind == kind && record.Number == number);
        return records[index >= 0 ? index : throw FairleadException.NotFound($"There is no record '{number}'.")] = records[index] with { Status = status, Document = document };
    });

    public Task<CatalogRecord?> FindAsync(RecordKind kind, int number, CancellationToken cancellationToken) =>
        Locked(() => records.Find(record => record.Kind == kind && record.Number == number));

    public Task<CatalogRecord?> FindLatestAsync(RecordKind kind, string name, CancellationToken cancellationToken) =>
        Locked(() => records.FindLast(record => record.Kind == kind && record.Name == name));

    public Task<IReadOnlyList<CatalogRecord>> ListAsync(RecordKind kind, RecordFilter filter, CancellationToken cancellationToken) => Locked<IReadOnlyList<CatalogRecord>>(() =>
    [
        .. Enumerable.Reverse(records)
            .Where(record => record.Kind == kind && (filter.Name ?? record.Name) == record.Name && (filter.Status ?? record.Status) == record.Status && (filter.Since ?? record.At) <= record.At)
            .Take(filter.Limit),
    ]);

    public Task<int> RemoveAsync(RecordKind kind, string? name, DateTimeOffset before, CancellationToken cancellationToken) =>
        Locked(() => records.RemoveAll(record => record.Kind == kind && (name ?? record.Name) == record.Name && record.At < before));

    private Task<T> Locked<T>(Func<T> act)
    {
        lock (gate)
            return Task.FromResult(act());
    }
}
