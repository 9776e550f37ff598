using System.Text.Json;
using Fairlead.Domain.Records;

namespace Fairlead.Predictions.Tests.Keeping;

/// <summary>Records in memory, or in a file that a killed process leaves behind whole.</summary>
internal sealed class MemoryRecordCatalog(string? file = null) : IRecordCatalog
{
    private readonly Lock gate = new();
    private string memory = "[]";

    public Task<CatalogRecord> AddAsync(RecordKind kind, string name, string status, DateTimeOffset at, Func<int, string> create, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var records = Read();
            var number = records.Where(record => record.Kind == kind).Select(record => record.Number).DefaultIfEmpty().Max() + 1;
            var added = new CatalogRecord(kind, number, name, status, at, create(number));
            records.Add(added);
            Write(records);
            return Task.FromResult(added);
        }
    }

    public Task UpdateAsync(RecordKind kind, int number, string status, string document, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var records = Read();
            var at = records.FindIndex(record => record.Kind == kind && record.Number == number);
            records[at] = records[at] with { Status = status, Document = document };
            Write(records);
            return Task.CompletedTask;
        }
    }

    public Task<CatalogRecord?> FindAsync(RecordKind kind, int number, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<CatalogRecord?> FindLatestAsync(RecordKind kind, string name, CancellationToken cancellationToken)
    {
        lock (gate)
            return Task.FromResult(Read().FindLast(record => record.Kind == kind && record.Name == name));
    }

    public Task<IReadOnlyList<CatalogRecord>> ListAsync(RecordKind kind, RecordFilter filter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return Task.FromResult<IReadOnlyList<CatalogRecord>>(
                [.. Read().Where(record => record.Kind == kind && (filter.Status ?? record.Status) == record.Status && (filter.Name ?? record.Name) == record.Name && (filter.Since ?? record.At) <= record.At)
                    .OrderByDescending(record => record.Number).Take(filter.Limit)]);
        }
    }

    public Task<int> RemoveAsync(RecordKind kind, string? name, DateTimeOffset before, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var records = Read();
            var removed = records.RemoveAll(record => record.Kind == kind && (name ?? record.Name) == record.Name && record.At < before);
            Write(records);
            return Task.FromResult(removed);
        }
    }

    private List<CatalogRecord> Read() => JsonSerializer.Deserialize<List<CatalogRecord>>(file is null || !File.Exists(file) ? memory : File.ReadAllText(file))!;

    private void Write(List<CatalogRecord> records)
    {
        var json = JsonSerializer.Serialize(records);
        if (file is null)
            memory = json;
        else
        {
            File.WriteAllText(file + ".new", json);
            File.Move(file + ".new", file, overwrite: true);
        }
    }
}
