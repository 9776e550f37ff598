using System.Text.Json;
using System.Text.RegularExpressions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Records;

namespace Fairlead.Predictions.Query;

/// <summary>Queries that are kept under a name. Each saving is a record of its own; the newest counts.</summary>
public sealed partial class SavedQueries(IRecordCatalog records, PredictionQuery query, TimeProvider time)
{
    private const string Saved = "saved";
    private const int Most = 1000;

    /// <summary>Checks a query against the data as it is, and keeps it.</summary>
    /// <exception cref="FairleadException">Invalid: the name is none, or the statement is refused.</exception>
    public async Task<SavedQuery> SaveAsync(string name, string sql, string? description, string savedBy, CancellationToken cancellationToken)
    {
        if (!NameFormat().IsMatch(name))
            throw FairleadException.Invalid($"'{name}' is no name for a query; use 1 to 64 letters, digits, hyphens and underscores, a letter first.");
        var saved = new SavedQuery
        {
            Name = name,
            Sql = sql,
            Description = description,
            Parameters = await query.CheckAsync(sql, cancellationToken).ConfigureAwait(false),
            SavedBy = savedBy,
            SavedAt = time.GetUtcNow(),
        };
        await records.AddAsync(RecordKind.SavedQuery, name, Saved, saved.SavedAt, _ => JsonSerializer.Serialize(saved, SavedQueriesJson.Default.SavedQuery), cancellationToken).ConfigureAwait(false);
        return saved;
    }

    /// <exception cref="FairleadException">NotFound.</exception>
    public async Task<SavedQuery> GetAsync(string name, CancellationToken cancellationToken) =>
        await records.FindLatestAsync(RecordKind.SavedQuery, name, cancellationToken).ConfigureAwait(false) is { } record
            ? Read(record)
            : throw FairleadException.NotFound($"There is no saved query '{name}'; {NearestName.Hint(name, [.. (await ListAsync(cancellationToken).ConfigureAwait(false)).Select(saved => saved.Name)])}");

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<SavedQuery>> ListAsync(CancellationToken cancellationToken) =>
    [
        .. (await records.ListAsync(RecordKind.SavedQuery, new RecordFilter { Limit = Most }, cancellationToken).ConfigureAwait(false))
            .DistinctBy(record => record.Name).Select(Read).OrderBy(saved => saved.Name, StringComparer.Ordinal),
    ];

    /// <exception cref="FairleadException">NotFound.</exception>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        await GetAsync(name, cancellationToken).ConfigureAwait(false);
        await records.RemoveAsync(RecordKind.SavedQuery, name, DateTimeOffset.MaxValue, cancellationToken).ConfigureAwait(false);
    }

    private static SavedQuery Read(CatalogRecord record) =>
        JsonSerializer.Deserialize(record.Document, SavedQueriesJson.Default.SavedQuery) ?? throw FairleadException.Damaged($"The saved query '{record.Name}' cannot be read.");

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_-]{0,63}$", RegexOptions.CultureInvariant)]
    private static partial Regex NameFormat();
}
