namespace Fairlead.Domain.Records;

/// <summary>The seam to what the control plane found out and keeps: documents, found by kind, number, name, status and time.</summary>
public interface IRecordCatalog
{
    /// <summary>Adds a record with the next number of its kind.</summary>
    /// <param name="create">Makes the document, given the number.</param>
    Task<CatalogRecord> AddAsync(RecordKind kind, string name, string status, DateTimeOffset at, Func<int, string> create, CancellationToken cancellationToken);

    /// <summary>Replaces status and document.</summary>
    /// <exception cref="Problems.FairleadException">NotFound.</exception>
    Task UpdateAsync(RecordKind kind, int number, string status, string document, CancellationToken cancellationToken);

    Task<CatalogRecord?> FindAsync(RecordKind kind, int number, CancellationToken cancellationToken);

    /// <summary>The newest record of that name.</summary>
    Task<CatalogRecord?> FindLatestAsync(RecordKind kind, string name, CancellationToken cancellationToken);

    Task<IReadOnlyList<CatalogRecord>> ListAsync(RecordKind kind, RecordFilter filter, CancellationToken cancellationToken);

    /// <summary>Removes the records of that name that were added before a time, all names when it is null.</summary>
    /// <returns>How many.</returns>
    Task<int> RemoveAsync(RecordKind kind, string? name, DateTimeOffset before, CancellationToken cancellationToken);
}
