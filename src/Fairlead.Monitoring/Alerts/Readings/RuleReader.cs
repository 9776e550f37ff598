using System.Globalization;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Records;
using Fairlead.DuckDb;
using Fairlead.Predictions.Analysis;

namespace Fairlead.Monitoring.Alerts.Readings;

/// <summary>Reads the metrics of rules.</summary>
internal sealed class RuleReader(PredictionAnalysis analysis, IRecordCatalog records, IServerGroupCatalog serverGroups, Func<IReadOnlyList<HostReport>> hosts, TimeProvider time)
{
    private static readonly TimeSpan LongestQuery = TimeSpan.FromSeconds(30);
    private readonly HostReadings hostReadings = new();
    private readonly RecordReadings recordReadings = new(records);

    /// <summary>Of each rule its readings, or why there are none.</summary>
    public async Task<IReadOnlyList<(AlertRule Rule, IReadOnlyList<AlertReading> Readings, string? Problem)>> ReadAsync(
        IReadOnlyList<AlertRule> rules, ProjectDefinition project, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var reports = hosts();
        hostReadings.Take(reports, now);
        using var session = rules.Any(NeedsPredictions) ? await analysis.OpenExpressionsAsync(cancellationToken).ConfigureAwait(false) : null;
        var groups = session is null ? [] : await serverGroups.ListAsync(null, null, cancellationToken).ConfigureAwait(false);
        var traffic = session is null ? null : new TrafficReadings(session, groups, now);
        var read = new List<(AlertRule, IReadOnlyList<AlertReading>, string?)>(rules.Count);
        foreach (var rule in rules)
        {
            try
            {
                var readings = rule.Sql is not null ? [new AlertReading("", null, null, ReadOwn(session!, rule, cancellationToken))]
                    : HostReadings.Metrics.Contains(rule.Metric) ? hostReadings.Read(rule, reports)
                    : TrafficReadings.Metrics.Contains(rule.Metric) ? traffic!.Read(rule, cancellationToken)
                    : IsRecorded(rule, project) ? await recordReadings.ReadAsync(rule, project, now, cancellationToken).ConfigureAwait(false)
                    : throw FairleadException.Invalid($"Alert '{rule.Name}' names the metric '{rule.Metric}', which there is not ({NearestName.Hint(rule.Metric, KnownMetrics(project))}).");
                read.Add((rule, [.. readings.Where(reading => IsMeant(rule, reading))], null));
            }
            catch (FairleadException e)
            {
                read.Add((rule, [], e.Message));
            }
        }

        return read;
    }

    private double? ReadOwn(ExpressionSession session, AlertRule rule, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestQuery, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            session.CheckExpression($"({rule.Sql}\n)");
            using var result = session.Connection.Query($"SELECT (({rule.Sql}\n))::DOUBLE", both.Token);
            return result.Read(both.Token) && result.Value(0) is { } value && Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && double.IsFinite(number) ? number : null;
        }
        catch (DuckDbException e)
        {
            throw new FairleadException(ProblemKind.Invalid, $"The query of alert '{rule.Name}' fails: {e.Message}", e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new FairleadException(ProblemKind.Invalid, $"The query of alert '{rule.Name}' takes longer than {LongestQuery.TotalSeconds:0} s; make it read less.", e);
        }
    }

    private static bool NeedsPredictions(AlertRule rule) => rule.Sql is not null || TrafficReadings.Metrics.Contains(rule.Metric);

    private static bool IsRecorded(AlertRule rule, ProjectDefinition project) =>
        rule.Metric is RecordReadings.Mismatches or RecordReadings.DamagedFiles or RecordReadings.Missed || rule.Metric.StartsWith(RecordReadings.Drift, StringComparison.Ordinal)
        || project.Kpis.Any(kpi => rule.Metric == RecordReadings.Kpi + kpi.Name);

    private static List<string> KnownMetrics(ProjectDefinition project) =>
        [.. TrafficReadings.Metrics, .. HostReadings.Metrics, RecordReadings.Mismatches, RecordReadings.DamagedFiles, RecordReadings.Missed, "drift.max", "drift.strong", .. project.Kpis.Select(kpi => RecordReadings.Kpi + kpi.Name)];

    private static bool IsMeant(AlertRule rule, AlertReading reading) =>
        (rule.Service is null || reading.Service is null || reading.Service == rule.Service)
        && (rule.Environment is null || reading.Environment is null || reading.Environment == rule.Environment);
}
