using System.Text.Json;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Records;
using Fairlead.Domain.Serialization;

namespace Fairlead.Delivery.Rollouts;

/// <summary>Rollouts in the catalog.</summary>
internal sealed class RolloutStore(IRecordCatalog records)
{
    private const string Active = "active";
    private const int MostActive = 10_000;

    public async Task<Rollout> AddAsync(string? key, DateTimeOffset at, Func<int, Rollout> create, CancellationToken cancellationToken)
    {
        Rollout? added = null;
        var name = key ?? $"{Guid.CreateVersion7(at):N}";
        var status = Active;

        // Numbered by the catalog, so that the document is made there.
        await records.AddAsync(
            RecordKind.Rollout,
            name,
            status,
            at,
            number =>
            {
                added = create(number) with { Key = name };
                return Write(added);
            },
            cancellationToken).ConfigureAwait(false);
        if (added!.IsEnded)
            await UpdateAsync(added, cancellationToken).ConfigureAwait(false);
        return added;
    }

    public Task UpdateAsync(Rollout rollout, CancellationToken cancellationToken) =>
        records.UpdateAsync(RecordKind.Rollout, rollout.Number, rollout.IsEnded ? rollout.Outcome.ToString()!.ToLowerInvariant() : Active, Write(rollout), cancellationToken);

    public async Task<Rollout?> FindAsync(int number, CancellationToken cancellationToken) =>
        await records.FindAsync(RecordKind.Rollout, number, cancellationToken).ConfigureAwait(false) is { } record ? Read(record) : null;

    public async Task<Rollout?> FindByKeyAsync(string key, CancellationToken cancellationToken) =>
        await records.FindLatestAsync(RecordKind.Rollout, key, cancellationToken).ConfigureAwait(false) is { } record ? Read(record) : null;

    public async Task<IReadOnlyList<Rollout>> ListActiveAsync(CancellationToken cancellationToken) =>
        [.. (await records.ListAsync(RecordKind.Rollout, new RecordFilter { Status = Active, Limit = MostActive }, cancellationToken).ConfigureAwait(false)).Select(Read)];

    /// <summary>Newest first.</summary>
    /// <param name="environment">Null means all; of one environment those among the newest few thousand are found.</param>
    public async Task<IReadOnlyList<Rollout>> ListAsync(string? environment, int limit, CancellationToken cancellationToken)
    {
        const int Searched = 20;
        var filter = new RecordFilter { Limit = environment is null ? limit : Math.Min(MostActive, limit * Searched) };
        var found = (await records.ListAsync(RecordKind.Rollout, filter, cancellationToken).ConfigureAwait(false)).Select(Read);
        return [.. found.Where(rollout => environment is null || rollout.Environment == environment).Take(limit)];
    }

    /// <summary>All that were begun since a time, oldest first.</summary>
    public async Task<IReadOnlyList<Rollout>> ListSinceAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        [.. (await records.ListAsync(RecordKind.Rollout, new RecordFilter { Since = since, Limit = int.MaxValue }, cancellationToken).ConfigureAwait(false)).Select(Read).OrderBy(rollout => rollout.Number)];

    private static string Write(Rollout rollout) => JsonSerializer.Serialize(rollout, DomainJson.Default.Rollout);

    private static Rollout Read(CatalogRecord record) =>
        JsonSerializer.Deserialize(record.Document, DomainJson.Default.Rollout) ?? throw new JsonException($"Rollout {record.Number} is empty.");
}
