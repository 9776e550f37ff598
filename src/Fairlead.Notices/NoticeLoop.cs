using Fairlead.Domain.Notices;
using Fairlead.Domain.Scheduling;
using Fairlead.Notices.Following;
using Fairlead.Notices.Sending;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Fairlead.Notices;

/// <summary>Follows what changes, and delivers, every second.</summary>
public sealed class NoticeLoop(NoticeFollower follower, NoticeCourier courier, INoticeCatalog catalog, NoticeOptions options, TimeProvider time, ILogger<NoticeLoop> logger) : BackgroundService
{
    private static readonly TimeSpan CleaningPeriod = TimeSpan.FromHours(1);
    private long cleanedAt = time.GetTimestamp();
    private string problem = "";

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        PeriodicWork.RunAsync(NoticeOptions.Period, RunOnceAsync, Note, time, stoppingToken, delay: NoticeOptions.Period);

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        // What waits is delivered even when nothing new can be followed.
        await courier.BeginAsync(cancellationToken).ConfigureAwait(false);
        if (await follower.RunOnceAsync(cancellationToken).ConfigureAwait(false) > 0)
            await courier.BeginAsync(cancellationToken).ConfigureAwait(false);
        if (time.GetElapsedTime(cleanedAt) >= CleaningPeriod)
        {
            cleanedAt = time.GetTimestamp();
            await catalog.RemoveAsync(time.GetUtcNow() - options.Kept, cancellationToken).ConfigureAwait(false);
        }

        problem = "";
    }

    /// <summary>Once for each problem, not every second.</summary>
    private void Note(Exception exception)
    {
        if (problem == exception.Message)
            return;
        problem = exception.Message;
        Log.RoundFailed(logger, exception, exception.Message);
    }
}
