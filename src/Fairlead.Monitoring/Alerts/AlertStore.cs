using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Records;

namespace Fairlead.Monitoring.Alerts;

/// <summary>Keeps the states of alerts and silences as records of the catalog, named after their rule.</summary>
internal sealed class AlertStore(IRecordCatalog records)
{
    private const int MostStates = 10_000;

    public async Task<IReadOnlyList<(int Number, AlertState State)>> ListStatesAsync(CancellationToken cancellationToken) =>
        [.. (await records.ListAsync(RecordKind.Alert, new RecordFilter { Limit = MostStates }, cancellationToken).ConfigureAwait(false)).Select(record => (record.Number, ReadState(record)))];

    /// <param name="number">Of its record; null for a new one.</param>
    public Task PutStateAsync(int? number, AlertState state, CancellationToken cancellationToken)
    {
        var document = JsonSerializer.Serialize(state, AlertJson.Default.AlertState);
        var status = JsonNamingPolicy.CamelCase.ConvertName(state.Phase.ToString());
        return number is { } known
            ? records.UpdateAsync(RecordKind.Alert, known, status, document, cancellationToken)
            : records.AddAsync(RecordKind.Alert, state.Rule, status, state.EvaluatedAt, _ => document, cancellationToken);
    }

    /// <summary>The silence that holds at that time; a later one takes the place of an earlier.</summary>
    public async Task<AlertSilence?> FindSilenceAsync(string rule, DateTimeOffset at, CancellationToken cancellationToken) =>
        await records.FindLatestAsync(RecordKind.Silence, rule, cancellationToken).ConfigureAwait(false) is { } record
            && JsonSerializer.Deserialize(record.Document, AlertJson.Default.AlertSilence) is { } silence && silence.Until > at ? silence : null;

    public Task AddSilenceAsync(AlertSilence silence, CancellationToken cancellationToken)
    {
        var document = JsonSerializer.Serialize(silence, AlertJson.Default.AlertSilence);
        return records.AddAsync(RecordKind.Silence, silence.Rule, silence.Until > silence.At ? "begun" : "ended", silence.At, _ => document, cancellationToken);
    }

    private static AlertState ReadState(CatalogRecord record) => JsonSerializer.Deserialize(record.Document, AlertJson.Default.AlertState) ?? throw Empty(record);

    private static FairleadException Empty(CatalogRecord record) =>
        FairleadException.Damaged($"The record {record.Number} of the alert '{record.Name}' is empty; restore the catalog from a backup.");
}
