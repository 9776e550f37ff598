using System.Text.Json;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Records;
using Fairlead.Monitoring.Kpis;
using Fairlead.Predictions.Keeping;

namespace Fairlead.Monitoring.Alerts.Readings;

/// <summary>What was found out earlier and is kept: drift, verifications, damage, KPIs.</summary>
internal sealed class RecordReadings(IRecordCatalog records)
{
    public const string Drift = "drift.";
    public const string Kpi = "kpi.";
    public const string Missed = "kpi.missed";
    public const string Mismatches = "verify.mismatches";
    public const string DamagedFiles = "predictions.damaged";
    private const string Alarming = "alarming";
    private const int MostRecords = 1000;

    /// <summary>An older finding says nothing of now.</summary>
    private static readonly TimeSpan Recent = TimeSpan.FromHours(36);

    private readonly KpiStore kpis = new(records);

    public Task<IReadOnlyList<AlertReading>> ReadAsync(AlertRule rule, ProjectDefinition project, DateTimeOffset now, CancellationToken cancellationToken) =>
        rule.Metric == DamagedFiles ? ReadCheckAsync(now, cancellationToken)
        : rule.Metric == Mismatches ? ReadLatestAsync(RecordKind.Verification, now, record => record.Status == Alarming ? 1 : 0, cancellationToken)
        : rule.Metric.StartsWith(Drift, StringComparison.Ordinal) ? ReadLatestAsync(RecordKind.Drift, now, record => MetricOf(record.Document, rule.Metric), cancellationToken)
        : ReadKpisAsync(rule, project, cancellationToken);

    private async Task<IReadOnlyList<AlertReading>> ReadLatestAsync(RecordKind kind, DateTimeOffset now, Func<CatalogRecord, double?> valueOf, CancellationToken cancellationToken)
    {
        var found = await records.ListAsync(kind, new RecordFilter { Since = now - Recent, Limit = MostRecords }, cancellationToken).ConfigureAwait(false);
        // Those of a single prediction, which somebody asked for, have no service in their name.
        return [.. found.DistinctBy(record => record.Name).Where(record => record.Name.Contains('/', StringComparison.Ordinal)).Select(record =>
        {
            var slash = record.Name.IndexOf('/', StringComparison.Ordinal);
            return new AlertReading(record.Name, record.Name[..slash], record.Name[(slash + 1)..], valueOf(record));
        })];
    }

    private async Task<IReadOnlyList<AlertReading>> ReadCheckAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var latest = await records.FindLatestAsync(RecordKind.PredictionCheck, PredictionCheckRecords.RecordName, cancellationToken).ConfigureAwait(false);
        if (latest is null || now - latest.At > Recent)
            return [];
        using var report = JsonDocument.Parse(latest.Document);
        return [new AlertReading("", null, null, report.RootElement.GetProperty("damaged").GetArrayLength())];
    }

    private static double? MetricOf(string document, string metric)
    {
        using var report = JsonDocument.Parse(document);
        return report.RootElement.TryGetProperty("metrics", out var metrics) && metrics.TryGetProperty(metric, out var value) && value.ValueKind == JsonValueKind.Number
            ? value.GetDouble()
            : null;
    }

    private async Task<IReadOnlyList<AlertReading>> ReadKpisAsync(AlertRule rule, ProjectDefinition project, CancellationToken cancellationToken)
    {
        var readings = new List<AlertReading>();
        foreach (var definition in project.Kpis.Where(kpi => rule.Metric == Missed || rule.Metric == Kpi + kpi.Name))
        {
            if (await kpis.FindCurrentAsync(definition.Name, cancellationToken).ConfigureAwait(false) is not { } point)
                continue;
            var prefix = rule.Metric == Missed ? $"{definition.Name} " : "";
            readings.AddRange(point.Values.Where(value => value.IsWhole).Select(value => new AlertReading(
                $"{prefix}{value.Service}/{value.Environment}", value.Service, value.Environment, rule.Metric == Missed ? value.Verdict == KpiVerdict.Missed ? 1 : 0 : value.Value)));
        }

        return readings;
    }
}
