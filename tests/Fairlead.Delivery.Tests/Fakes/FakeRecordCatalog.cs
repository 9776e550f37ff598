using Fairlead.Domain.Problems;
using Fairlead.Domain.Records;

namespace Fairlead.Delivery.Tests.Fakes;

internal sealed class FakeRecordCatalog : IRecordCatalog
{
    private readonly Lock sync = new();
    private readonly List<CatalogRecord> records = [];
    private int? left;

    /// <summary>Every status and document that was ever recorded, in order.</summary>
    public List<CatalogRecord> Written { get; } = [];

    /// <summary>The process that writes has ended.</summary>
    public bool HasEnded
    {
        get
        {
            lock (sync)
                return left == 0;
        }
    }

    /// <summary>The process that writes ends after so many records: whatever it does then is never done.</summary>
    public void EndAfter(int records)
    {
        lock (sync)
            left = records;
    }

    public void Revive()
    {
        lock (sync)
            left = null;
    }

    public Task<CatalogRecord> AddAsync(RecordKind kind, string name, string status, DateTimeOffset at, Func<int, string> create, CancellationToken cancellationToken)
    {
        lock (sync)
        {
            RequireAlive();
            var number = records.Count(record => record.Kind == kind) + 1;
            var record = new CatalogRecord(kind, number, name, status, at, create(number));
            records.Add(record);
            Written.Add(record);
            return Task.FromResult(Count(record));
        }
    }

    public Task UpdateAsync(RecordKind kind, int number, string status, string document, CancellationToken cancellationToken)
    {
        lock (sync)
        {
            RequireAlive();
            var at = records.FindIndex(record => record.Kind == kind && record.Number == number);
            if (at < 0)
                throw FairleadException.NotFound($"no record '{number}'");
            records[at] = records[at] with { Status = status, Document = document };
            Written.Add(records[at]);
            Count(records[at]);
            return Task.CompletedTask;
        }
    }

    public Task<CatalogRecord?> FindAsync(RecordKind kind, int number, CancellationToken cancellationToken)
    {
        lock (sync)
            return Task.FromResult(records.Find(record => record.Kind == kind && record.Number == number));
    }

    public Task<CatalogRecord?> FindLatestAsync(RecordKind kind, string name, CancellationToken cancellationToken)
    {
        lock (sync)
            return Task.FromResult(records.FindLast(record => record.Kind == kind && record.Name == name));
    }

    public Task<IReadOnlyList<CatalogRecord>> ListAsync(RecordKind kind, RecordFilter filter, CancellationToken cancellationToken)
    {
        lock (sync)
        {
            return Task.FromResult<IReadOnlyList<CatalogRecord>>([.. records
                .Where(record => record.Kind == kind && (filter.Status ?? record.Status) == record.Status && (filter.Name ?? record.Name) == record.Name)
                .Reverse()
                .Take(filter.Limit)]);
        }
    }

    public Task<int> RemoveAsync(RecordKind kind, string? name, DateTimeOffset before, CancellationToken cancellationToken) => throw new NotSupportedException();

    private void RequireAlive()
    {
        if (left == 0)
            throw new OperationCanceledException("The process has ended.");
    }

    private CatalogRecord Count(CatalogRecord record)
    {
        if (left is not null && --left == 0)
            throw new OperationCanceledException("The process ends.");
        return record;
    }
}
