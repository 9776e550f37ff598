using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Monitoring.Drift.Reports;
using Fairlead.Monitoring.Drift.Requests;
using Fairlead.Predictions.Analysis;
using Microsoft.Extensions.Logging;

namespace Fairlead.Monitoring.Drift.Watching;

/// <summary>Reports the drift of everything that is live and was asked something since its last report.</summary>
public sealed class DriftWatch(
    DriftAnalyzer analyzer, DriftStore store, PredictionAnalysis analysis, IServerGroupCatalog serverGroups, TimeProvider time, ILogger<DriftWatch> logger)
{
    /// <returns>How many reports were added.</returns>
    public async Task<int> RunOnceAsync(CancellationToken cancellationToken)
    {
        var groups = await serverGroups.ListAsync(null, null, cancellationToken).ConfigureAwait(false);
        var live = groups.Where(group => group.Status == ServerGroupStatus.Enabled).Select(group => (group.Name.Service, group.Name.Environment)).Distinct().ToList();
        if (live.Count == 0)
            return 0;
        var newest = await ReadNewestAsync(cancellationToken).ConfigureAwait(false);
        var added = 0;
        foreach (var (service, environment) in live)
        {
            if (newest.TryGetValue((service, environment), out var last) && await IsNewsAsync(service, environment, last, cancellationToken).ConfigureAwait(false)
                && await ReportAsync(service, environment, cancellationToken).ConfigureAwait(false))
                added++;
        }

        return added;
    }

    private async Task<bool> IsNewsAsync(string service, string environment, DateTimeOffset last, CancellationToken cancellationToken) =>
        await store.FindLatestAsync(service, environment, cancellationToken).ConfigureAwait(false) is not { Newest: { } known } || known < last;

    private async Task<bool> ReportAsync(string service, string environment, CancellationToken cancellationToken)
    {
        try
        {
            // One thread: nobody waits for it, and the other belongs to those who do.
            var report = await analyzer.RunAsync(new DriftRequest { Service = service, Environment = environment, Threads = 1 }, cancellationToken).ConfigureAwait(false);
            await store.AddAsync(report, cancellationToken).ConfigureAwait(false);
            if (report.Severity == DriftSeverity.Strong)
                Log.Drifted(logger, service, environment, string.Join(", ", Strong(report)));
            return true;
        }
        catch (FairleadException e)
        {
            // The others are looked at all the same.
            Log.ReportFailed(logger, service, environment, e.Message);
            return false;
        }
    }

    private static IEnumerable<string> Strong(DriftReport report) =>
        report.Comparisons.SelectMany(comparison => comparison.Fields).Where(field => field.Severity == DriftSeverity.Strong).Select(field => field.Name).Distinct();

    private async Task<Dictionary<(string Service, string Environment), DateTimeOffset>> ReadNewestAsync(CancellationToken cancellationToken)
    {
        using var session = await analysis.OpenAsync(1, cancellationToken).ConfigureAwait(false);
        // Of the last days only: what was not asked anything in the window has nothing to compare.
        var from = DateOnly.FromDateTime((time.GetUtcNow() - DriftRequest.DefaultWindow).UtcDateTime);
        using var result = session.Connection.Query("""SELECT service, environment, max("time") FROM predictions WHERE "role" = 'live' AND "date" >= $1 GROUP BY 1, 2""", cancellationToken, from);
        var newest = new Dictionary<(string, string), DateTimeOffset>();
        while (result.Read(cancellationToken))
            newest[((string)result.Value(0)!, (string)result.Value(1)!)] = new DateTimeOffset((DateTime)result.Value(2)!, TimeSpan.Zero);
        return newest;
    }
}
