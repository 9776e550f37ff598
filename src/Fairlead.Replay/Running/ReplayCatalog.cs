using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Records;
using Fairlead.Replay.Reporting;

namespace Fairlead.Replay.Running;

/// <summary>What is known of replays.</summary>
public sealed class ReplayCatalog(IRecordCatalog records, IArtifactStore store)
{
    /// <exception cref="FairleadException">NotFound.</exception>
    public async Task<ReplayRecord> FindAsync(int number, CancellationToken cancellationToken) =>
        await records.FindAsync(RecordKind.Replay, number, cancellationToken).ConfigureAwait(false) is { } found
            ? Read(found)
            : throw FairleadException.NotFound($"There is no replay '{number}'; list them with 'fairlead replay list'.");

    /// <summary>Newest first.</summary>
    /// <param name="service">Null for all.</param>
    public async Task<IReadOnlyList<ReplayRecord>> ListAsync(string? service, int limit, CancellationToken cancellationToken) =>
        [.. (await records.ListAsync(RecordKind.Replay, new RecordFilter { Name = service, Limit = limit }, cancellationToken).ConfigureAwait(false)).Select(Read)];

    /// <exception cref="FairleadException">NotFound: the replay is not done; Damaged: the report was altered.</exception>
    public async Task<ReplayReport> ReadReportAsync(ReplayRecord record, CancellationToken cancellationToken)
    {
        var report = record.Report ?? throw FairleadException.NotFound($"The replay '{record.Number}' has no report: it is {record.Status.ToString().ToLowerInvariant()}.");
        return JsonSerializer.Deserialize(await store.ReadAsync(report.Digest, cancellationToken).ConfigureAwait(false), ReplayJson.Default.ReplayReport)!;
    }

    internal async Task<ReplayRecord> AddAsync(Func<int, ReplayRecord> create, string service, DateTimeOffset at, CancellationToken cancellationToken) =>
        Read(await records.AddAsync(RecordKind.Replay, service, StatusText(ReplayStatus.Running), at, number => Write(create(number)), cancellationToken).ConfigureAwait(false));

    internal Task UpdateAsync(ReplayRecord record, CancellationToken cancellationToken) =>
        records.UpdateAsync(RecordKind.Replay, record.Number, StatusText(record.Status), Write(record), cancellationToken);

    internal async Task<IReadOnlyList<ReplayRecord>> ListRunningAsync(CancellationToken cancellationToken) =>
        [.. (await records.ListAsync(RecordKind.Replay, new RecordFilter { Status = StatusText(ReplayStatus.Running), Limit = int.MaxValue }, cancellationToken).ConfigureAwait(false)).Select(Read)];

    private static string StatusText(ReplayStatus status) => status.ToString().ToLowerInvariant();

    private static string Write(ReplayRecord record) => JsonSerializer.Serialize(record, ReplayJson.Default.ReplayRecord);

    private static ReplayRecord Read(CatalogRecord record) => JsonSerializer.Deserialize(record.Document, ReplayJson.Default.ReplayRecord)!;
}
