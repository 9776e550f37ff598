using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Records;

namespace Fairlead.Replay.Verification;

/// <summary>What verifications found. A sample's record is named <c>service/environment</c>, that of a single prediction after it.</summary>
public sealed class VerificationCatalog(IRecordCatalog records)
{
    /// <summary>What <see cref="CatalogRecord.Status"/> says of a report that is no reason to look.</summary>
    public const string Fine = "fine";

    /// <summary>… and of one that is.</summary>
    public const string Alarming = "alarming";

    public static string NameOf(string service, string environment) => $"{service}/{environment}";

    /// <exception cref="FairleadException">NotFound.</exception>
    public async Task<VerificationReport> FindAsync(int number, CancellationToken cancellationToken) =>
        await records.FindAsync(RecordKind.Verification, number, cancellationToken).ConfigureAwait(false) is { } found
            ? Read(found)
            : throw FairleadException.NotFound($"There is no verification '{number}'; list them with 'fairlead verify list'.");

    /// <summary>The newest of a prediction (its id) or of a service's samples (<see cref="NameOf"/>), or null.</summary>
    public async Task<VerificationReport?> FindLatestAsync(string name, CancellationToken cancellationToken) =>
        await records.FindLatestAsync(RecordKind.Verification, name, cancellationToken).ConfigureAwait(false) is { } found ? Read(found) : null;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<VerificationReport>> ListAsync(int limit, CancellationToken cancellationToken) =>
        [.. (await records.ListAsync(RecordKind.Verification, new RecordFilter { Limit = limit }, cancellationToken).ConfigureAwait(false)).Select(Read)];

    /// <summary>Of each service and environment the newest sample, when it is alarming.</summary>
    public async Task<IReadOnlyList<VerificationReport>> ListAlarmsAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var recent = await records.ListAsync(RecordKind.Verification, new RecordFilter { Since = since, Limit = int.MaxValue }, cancellationToken).ConfigureAwait(false);
        return [.. recent.DistinctBy(record => record.Name).Where(record => record.Status == Alarming).Select(Read)];
    }

    internal async Task<VerificationReport> AddAsync(string name, VerificationReport report, CancellationToken cancellationToken) =>
        Read(await records.AddAsync(
            RecordKind.Verification, name, report.IsAlarming ? Alarming : Fine, report.At, number => Write(report with { Number = number }), cancellationToken).ConfigureAwait(false));

    internal Task<int> ForgetAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        records.RemoveAsync(RecordKind.Verification, null, before, cancellationToken);

    private static string Write(VerificationReport report) => JsonSerializer.Serialize(report, VerificationJson.Default.VerificationReport);

    private static VerificationReport Read(CatalogRecord record)
    {
        try
        {
            return JsonSerializer.Deserialize(record.Document, VerificationJson.Default.VerificationReport) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new FairleadException(ProblemKind.Damaged, $"The record of verification '{record.Number}' cannot be read ({e.Message}); restore the catalog from a backup.", e);
        }
    }
}
