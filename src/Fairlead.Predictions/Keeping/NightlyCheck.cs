using Fairlead.Domain.Scheduling;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fairlead.Predictions.Keeping;

/// <summary>Looks once a day at every byte of the predictions folder, and keeps what it found, which alerts read.</summary>
public sealed class NightlyCheck(PredictionCheck check, PredictionCheckRecords records, TimeProvider time, ILogger<NightlyCheck> logger) : BackgroundService
{
    /// <summary>After the verifications of the night, when machines have little to do.</summary>
    public static readonly TimeSpan Hour = TimeSpan.FromHours(3);

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(10);

    /// <summary>Looks, when nobody has since the hour.</summary>
    /// <returns>Null when it is not due.</returns>
    public async Task<PredictionCheckReport?> RunOnceAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var due = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero) + Hour;
        if (now < due || (await records.FindLatestAsync(cancellationToken).ConfigureAwait(false) is { } latest && latest.At >= due))
            return null;
        var report = await check.RunAsync(cancellationToken).ConfigureAwait(false);
        await records.AddAsync(report, cancellationToken).ConfigureAwait(false);
        foreach (var file in report.Damaged)
            Log.DamageFound(logger, file.Path, file.Problem);
        Log.Checked(logger, report.Files, report.Segments, report.Damaged.Count);
        return report;
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        PeriodicWork.RunAsync(Period, RunOnceAsync, e => Log.CheckFailed(logger, e, e.Message), time, stoppingToken);
}
