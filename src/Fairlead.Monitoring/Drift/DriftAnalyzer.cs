using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Runs;
using Fairlead.Domain.Scoring;
using Fairlead.DuckDb;
using Fairlead.Monitoring.Drift.References;
using Fairlead.Monitoring.Drift.Reports;
using Fairlead.Monitoring.Drift.Requests;
using Fairlead.Predictions.Analysis;

namespace Fairlead.Monitoring.Drift;

/// <summary>Compares what a service is asked and answers with the data that trained its model, and with the time before.</summary>
public sealed class DriftAnalyzer(
    PredictionAnalysis analysis,
    IServerGroupCatalog serverGroups,
    IRunCatalog runs,
    IDatasetCatalog datasets,
    IArtifactStore store,
    IScorerFactory scorers,
    TimeProvider time)
{
    private readonly ReferenceFinder references = new(runs, datasets, store);

    /// <inheritdoc cref="RunAsync(DriftRequest, CancellationToken)"/>
    public async Task<DriftReport> RunAsync(DriftQuery query, CancellationToken cancellationToken) =>
        await RunAsync(query.Read(await serverGroups.ListAsync(null, null, cancellationToken).ConfigureAwait(false)), cancellationToken).ConfigureAwait(false);

    /// <exception cref="FairleadException">NotFound: nothing is live, or a dataset version does not exist; Invalid: the request cannot be; Failed: the database gave up.</exception>
    public async Task<DriftReport> RunAsync(DriftRequest request, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var now = time.GetUtcNow();
        var periods = request.Periods(now);
        var group = await FindLiveAsync(request, cancellationToken).ConfigureAwait(false);
        using var session = await analysis.OpenAsync(request.Threads, cancellationToken).ConfigureAwait(false);
        try
        {
            var run = new DriftRun(request, group.Service, references, new ReferenceTables(session.Connection, scorers), session.Connection, cancellationToken);
            var found = await run.CompareAsync(periods).ConfigureAwait(false);
            var report = new DriftReport
            {
                Service = request.Service,
                Environment = request.Environment,
                Model = group.Service.Label,
                ServerGroup = group.Name.ToString(),
                At = now,
                Since = periods[0].Since,
                Until = periods[^1].Until,
                Rows = found.Rows,
                Newest = found.Newest,
                Level = request.Level,
                Severity = found.Comparisons.Select(comparison => comparison.Severity).DefaultIfEmpty().Max(),
                Comparisons = found.Comparisons,
                Notes = found.Notes,
                Seconds = time.GetElapsedTime(started).TotalSeconds,
            };
            return report with { Metrics = report.ToMetrics() };
        }
        catch (DuckDbException e)
        {
            throw FairleadException.Failed($"The drift of '{request.Service}' could not be worked out: {DuckDbText.Sentence(e.Message)}.");
        }
    }

    /// <summary>The server group that takes most of the traffic.</summary>
    private async Task<ServerGroup> FindLiveAsync(DriftRequest request, CancellationToken cancellationToken)
    {
        var all = await serverGroups.ListAsync(null, null, cancellationToken).ConfigureAwait(false);
        var enabled = all.Where(group => group.Status == ServerGroupStatus.Enabled).ToList();
        return enabled.Where(group => group.Name.Service == request.Service && group.Name.Environment == request.Environment).OrderByDescending(group => group.Weight.Hundredths).FirstOrDefault()
            ?? throw FairleadException.NotFound(enabled.Count == 0
                ? $"Nothing is live, so that nothing drifts; deploy with 'fairlead deploy {request.Environment}'."
                : $"'{request.Service}' is not live in '{request.Environment}'; live are {string.Join(", ", enabled.Select(group => $"'{group.Name.Service}' in '{group.Name.Environment}'").Distinct())}.");
    }
}
