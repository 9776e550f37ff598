using System.Globalization;
using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Records;

namespace Fairlead.Sweeps.Running;

/// <summary>What is known of sweeps and of their trials.</summary>
public sealed class SweepCatalog(IRecordCatalog records)
{
    /// <exception cref="FairleadException">NotFound.</exception>
    public async Task<SweepRecord> FindAsync(int number, CancellationToken cancellationToken) =>
        await records.FindAsync(RecordKind.Sweep, number, cancellationToken).ConfigureAwait(false) is { } found
            ? Read(found)
            : throw FairleadException.NotFound($"There is no sweep '{number}'; list them with 'fairlead sweep list'.");

    /// <summary>Newest first.</summary>
    /// <param name="step">Null for all.</param>
    public async Task<IReadOnlyList<SweepRecord>> ListAsync(string? step, int limit, CancellationToken cancellationToken) =>
        [.. (await records.ListAsync(RecordKind.Sweep, new RecordFilter { Name = step, Limit = limit }, cancellationToken).ConfigureAwait(false)).Select(Read)];

    /// <exception cref="FairleadException">NotFound.</exception>
    public async Task<SweepReport> ReportAsync(int number, CancellationToken cancellationToken) => new(
        await FindAsync(number, cancellationToken).ConfigureAwait(false),
        [.. (await TrialsAsync(number, cancellationToken).ConfigureAwait(false)).Select(stored => stored.Trial)]);

    internal async Task<SweepRecord> AddAsync(Func<int, SweepRecord> create, string step, DateTimeOffset at, CancellationToken cancellationToken) =>
        Read(await records.AddAsync(RecordKind.Sweep, step, TextOf(SweepStatus.Running), at, number => Write(create(number)), cancellationToken).ConfigureAwait(false));

    internal Task UpdateAsync(SweepRecord record, CancellationToken cancellationToken) =>
        records.UpdateAsync(RecordKind.Sweep, record.Number, TextOf(record.Status), Write(record), cancellationToken);

    internal async Task<IReadOnlyList<SweepRecord>> ListRunningAsync(CancellationToken cancellationToken) =>
        [.. (await records.ListAsync(RecordKind.Sweep, new RecordFilter { Status = TextOf(SweepStatus.Running), Limit = int.MaxValue }, cancellationToken).ConfigureAwait(false)).Select(Read)];

    /// <summary>In the order of their numbers.</summary>
    internal async Task<IReadOnlyList<StoredTrial>> TrialsAsync(int sweep, CancellationToken cancellationToken) =>
    [
        .. (await records.ListAsync(RecordKind.Trial, new RecordFilter { Name = NameOf(sweep), Limit = int.MaxValue }, cancellationToken).ConfigureAwait(false))
            .Select(record => new StoredTrial(record.Number, JsonSerializer.Deserialize(record.Document, SweepJson.Default.TrialRecord)!))
            .OrderBy(stored => stored.Trial.Number),
    ];

    internal async Task<StoredTrial> AddTrialAsync(int sweep, TrialRecord trial, CancellationToken cancellationToken)
    {
        var added = await records.AddAsync(RecordKind.Trial, NameOf(sweep), TextOf(trial.Status), trial.StartedAt, _ => Write(trial), cancellationToken).ConfigureAwait(false);
        return new StoredTrial(added.Number, trial);
    }

    internal Task UpdateTrialAsync(StoredTrial stored, CancellationToken cancellationToken) =>
        records.UpdateAsync(RecordKind.Trial, stored.Record, TextOf(stored.Trial.Status), Write(stored.Trial), cancellationToken);

    private static string NameOf(int sweep) => sweep.ToString(CultureInfo.InvariantCulture);

    private static string TextOf<TStatus>(TStatus status)
        where TStatus : struct, Enum => status.ToString().ToLowerInvariant();

    private static string Write(SweepRecord record) => JsonSerializer.Serialize(record, SweepJson.Default.SweepRecord);

    private static string Write(TrialRecord trial) => JsonSerializer.Serialize(trial, SweepJson.Default.TrialRecord);

    private static SweepRecord Read(CatalogRecord record) => JsonSerializer.Deserialize(record.Document, SweepJson.Default.SweepRecord)!;
}
