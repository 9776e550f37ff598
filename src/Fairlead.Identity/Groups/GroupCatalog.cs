using System.Text.Json;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Records;
using Fairlead.Domain.Serialization;

namespace Fairlead.Identity.Groups;

/// <summary>Groups in the catalog, the newest record of a name being the group.</summary>
internal sealed class GroupCatalog(IRecordCatalog records)
{
    private const string Known = "known";
    private const int Most = 10_000;

    /// <summary>Null for one that nobody gave roles.</summary>
    public async Task<Group?> FindAsync(string name, CancellationToken cancellationToken) =>
        await records.FindLatestAsync(RecordKind.Group, name, cancellationToken).ConfigureAwait(false) is { } record ? Read(record) : null;

    /// <summary>By name.</summary>
    public async Task<IReadOnlyList<Group>> ListAsync(CancellationToken cancellationToken)
    {
        var all = await records.ListAsync(RecordKind.Group, new RecordFilter { Limit = Most }, cancellationToken).ConfigureAwait(false);
        return [.. all.GroupBy(record => record.Name, StringComparer.Ordinal).Select(same => Read(same.MaxBy(record => record.Number)!)).OrderBy(group => group.Name, StringComparer.Ordinal)];
    }

    public async Task SaveAsync(Group group, CancellationToken cancellationToken)
    {
        var document = JsonSerializer.Serialize(group, DomainJson.Default.Group);
        if (await records.FindLatestAsync(RecordKind.Group, group.Name, cancellationToken).ConfigureAwait(false) is { } known)
            await records.UpdateAsync(RecordKind.Group, known.Number, Known, document, cancellationToken).ConfigureAwait(false);
        else
            await records.AddAsync(RecordKind.Group, group.Name, Known, group.ChangedAt, _ => document, cancellationToken).ConfigureAwait(false);
    }

    private static Group Read(CatalogRecord record) =>
        JsonSerializer.Deserialize(record.Document, DomainJson.Default.Group) ?? throw new JsonException($"Group '{record.Name}' is empty.");
}
