using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Records;

namespace Fairlead.Predictions.Keeping;

/// <summary>Erasures in the catalog.</summary>
internal sealed class ErasureRecords(IRecordCatalog records)
{
    public async Task<Erasure> AddAsync(string unitHash, ErasureOrder order, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var added = await records.AddAsync(RecordKind.Erasure, unitHash, Word(ErasureStatus.Running), now, number => Serialize(Begin(number)), cancellationToken).ConfigureAwait(false);
        return Read(added);

        Erasure Begin(int number) => new()
        {
            Number = number,
            Unit = unitHash,
            Environment = order.Environment,
            Reason = order.Reason,
            RequestedBy = order.RequestedBy,
            RequestedAt = now,
            Status = ErasureStatus.Running,
        };
    }

    public async Task<Erasure> UpdateAsync(Erasure erasure)
    {
        await records.UpdateAsync(RecordKind.Erasure, erasure.Number, Word(erasure.Status), Serialize(erasure), CancellationToken.None).ConfigureAwait(false);
        return erasure;
    }

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<Erasure>> ListAsync(ErasureStatus? status, CancellationToken cancellationToken)
    {
        var filter = new RecordFilter { Status = status is { } wanted ? Word(wanted) : null, Limit = int.MaxValue };
        return [.. (await records.ListAsync(RecordKind.Erasure, filter, cancellationToken).ConfigureAwait(false)).Select(Read)];
    }

    private static string Word(ErasureStatus status) => status == ErasureStatus.Running ? "running" : "completed";

    private static string Serialize(Erasure erasure) => JsonSerializer.Serialize(erasure, KeepingJson.Default.Erasure);

    private static Erasure Read(CatalogRecord record)
    {
        try
        {
            return JsonSerializer.Deserialize(record.Document, KeepingJson.Default.Erasure) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new FairleadException(ProblemKind.Damaged, $"The record of erasure '{record.Number}' cannot be read ({e.Message}); restore the catalog from a backup.", e);
        }
    }
}
