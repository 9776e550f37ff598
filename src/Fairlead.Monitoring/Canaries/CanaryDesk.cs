using System.Text.Json;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Records;
using Fairlead.Monitoring.Canaries.Metrics;
using Fairlead.Monitoring.Canaries.Settings;
using Fairlead.Predictions.Analysis;
using Fairlead.Statistics.Canary;
using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Canaries;

/// <summary>Where canaries are judged, and their verdicts kept and looked at.</summary>
public sealed class CanaryDesk
{
    private readonly IArtifactStore artifacts;
    private readonly CanaryStore store;
    private readonly MetricReader reader;
    private readonly TimeProvider time;
    private readonly ILogger logger;

    /// <param name="prometheus">For queries of the project: follows no redirects, and has a time limit.</param>
    /// <param name="variable">Reads an environment variable; null when it is not set.</param>
    public CanaryDesk(
        PredictionAnalysis analysis,
        HostSamples samples,
        HttpClient prometheus,
        Func<string, string?> variable,
        IRecordCatalog records,
        IArtifactStore artifacts,
        TimeProvider time,
        ILogger<CanaryDesk> logger)
    {
        reader = new MetricReader(analysis, samples, new PrometheusClient(prometheus, variable, time), time, logger);
        this.artifacts = artifacts;
        this.time = time;
        this.logger = logger;
        store = new CanaryStore(records);
    }

    /// <summary>Takes one look: reads every metric, judges, and keeps the verdict with its points. A metric that cannot be read is an error of its own, and never good.</summary>
    public async Task<CanaryReport> JudgeAsync(CanaryOrder order, CancellationToken cancellationToken)
    {
        if (order.Key is { } key && await FindByKeyAsync(order, key, cancellationToken).ConfigureAwait(false) is { } known)
            return known;
        var scope = order.Scope;
        var seed = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{scope.Control} {scope.Experiment} {scope.Window.Start.ToUnixTimeMilliseconds()} {scope.Window.Look}");
        var read = await reader.ReadAsync(order.Plan, scope, seed, cancellationToken).ConfigureAwait(false);
        var config = CanaryConfigs.Of(order.Plan);
        var verdict = CanaryJudge.Judge(config, read.Series, scope.Window);
        var points = await artifacts.PutBytesAsync(JsonSerializer.SerializeToUtf8Bytes(new CanarySeriesSet(read.Series), CanariesJson.Default.CanarySeriesSet), cancellationToken).ConfigureAwait(false);
        var at = time.GetUtcNow();
        var report = await store.AddAsync(
            number => new CanaryReport
            {
                Number = number,
                At = at,
                Environment = scope.Environment,
                Service = scope.Service,
                Release = order.Release,
                Control = scope.Control,
                Experiment = scope.Experiment,
                IsShadow = scope.IsShadow,
                Rollout = order.Rollout,
                Step = order.Step,
                Execution = order.Execution,
                Stage = order.Stage,
                Key = order.Key,
                Config = config,
                Seed = seed,
                Series = points.Digest,
                Verdict = verdict,
                Pairs = read.Pairs,
                Reason = ReasonOf(verdict),
            },
            scope.Service,
            scope.Environment,
            WordOf(verdict.Outcome),
            at,
            cancellationToken).ConfigureAwait(false);
        Log.Judged(logger, report.Number, scope.Experiment, scope.Control, verdict.Outcome, report.Reason);
        return report;
    }

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<CanaryReport>> ListAsync(CanaryFilter filter, CancellationToken cancellationToken) => store.ListAsync(filter, cancellationToken);

    /// <exception cref="FairleadException">NotFound.</exception>
    public async Task<CanaryReport> FindAsync(int number, CancellationToken cancellationToken) =>
        await store.FindAsync(number, cancellationToken).ConfigureAwait(false)
        ?? throw FairleadException.NotFound($"There is no canary '{number}'; list them with 'fairlead canary list'.");

    /// <summary>The points that were judged, in the order of the verdict's metrics.</summary>
    /// <exception cref="FairleadException">NotFound, Damaged: the store lacks them, or they were altered.</exception>
    public async Task<IReadOnlyList<CanaryMetricSeries>> ReadSeriesAsync(CanaryReport report, CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await artifacts.ReadAsync(report.Series, cancellationToken).ConfigureAwait(false), CanariesJson.Default.CanarySeriesSet)!.Metrics;

    /// <summary>Has the verdict again from the points that were kept.</summary>
    /// <inheritdoc cref="ReadSeriesAsync"/>
    public async Task<CanaryCheck> CheckAsync(CanaryReport report, CancellationToken cancellationToken)
    {
        var again = CanaryJudge.Judge(report.Config, await ReadSeriesAsync(report, cancellationToken).ConfigureAwait(false), report.Verdict.Window);
        return new CanaryCheck(report.Number, Write(again) == Write(report.Verdict), again);
    }

    private static string Write(CanaryVerdict verdict) => JsonSerializer.Serialize(verdict, CanariesJson.Default.CanaryVerdict);

    private async Task<CanaryReport?> FindByKeyAsync(CanaryOrder order, string key, CancellationToken cancellationToken)
    {
        var recent = await store.ListAsync(new CanaryFilter { Service = order.Scope.Service, Environment = order.Scope.Environment, Limit = 200 }, cancellationToken).ConfigureAwait(false);
        return recent.FirstOrDefault(report => report.Key == key);
    }

    private static string ReasonOf(CanaryVerdict verdict)
    {
        var bad = verdict.Metrics.Where(metric => !metric.IsMuted && metric.Classification is CanaryClassification.High or CanaryClassification.Low or CanaryClassification.NodataFail).Select(TextOf);
        var unknown = verdict.Metrics.Where(metric => metric is { IsMuted: false, IsLeftOut: false, Classification: CanaryClassification.Nodata or CanaryClassification.Error }).Select(metric => metric.Name);
        var (said, missing) = (string.Join(", ", bad.Distinct(StringComparer.Ordinal)), string.Join(", ", unknown.Distinct(StringComparer.Ordinal)));
        return verdict.Reason + (said.Length > 0 ? $"; bad: {said}" : "") + (missing.Length > 0 ? $"; not judged: {missing}" : "");
    }

    private static string TextOf(CanaryMetricVerdict metric) => metric.Name + (metric.Tags is { } tags ? $" ({tags})" : "") + metric.Classification switch
    {
        CanaryClassification.High => " is higher",
        CanaryClassification.Low => " is lower",
        _ => " lacks data",
    };

    private static string WordOf(CanaryOutcome outcome) => JsonNamingPolicy.CamelCase.ConvertName(outcome.ToString());
}
