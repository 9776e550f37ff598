using Fairlead.Domain.Deployments;
using Microsoft.Extensions.Logging;

namespace Fairlead.Delivery.Hosts;

/// <summary>What the hosts last said of themselves, in memory, and the signal that wakes whoever waits for them.</summary>
public sealed class HostReports(TimeProvider time, ILogger<HostReports> logger)
{
    /// <summary>A host reports every 5 s; one that missed three is not waited for.</summary>
    public static readonly TimeSpan SilentAfter = TimeSpan.FromSeconds(15);

    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(10);

    private readonly Lock sync = new();
    private readonly Dictionary<string, Entry> byUrl = new(StringComparer.Ordinal);
    private TaskCompletionSource arrival = NewSignal();

    /// <summary>Latest report of each host that was heard of in the last minutes, by URL.</summary>
    public IReadOnlyList<HostStatus> Latest
    {
        get
        {
            lock (sync)
                return [.. byUrl.Values.OrderBy(entry => entry.Report.Url, StringComparer.Ordinal).Select(StatusOf)];
        }
    }

    /// <summary>Completes when the next report has come.</summary>
    internal Task Arrival
    {
        get
        {
            lock (sync)
                return arrival.Task;
        }
    }

    /// <summary>Takes a report; one of a process that was replaced at its address in the meantime is ignored.</summary>
    public void Report(HostReport report)
    {
        TaskCompletionSource signalled;
        lock (sync)
        {
            var known = byUrl.GetValueOrDefault(report.Url)?.Report;
            if (known is not null && known.ProcessId != report.ProcessId && known.StartedAt > report.StartedAt)
                return;
            LogChanges(known, report);
            byUrl[report.Url] = new Entry(report, time.GetUtcNow(), time.GetTimestamp());
            Forget();
            signalled = arrival;
            arrival = NewSignal();
        }

        signalled.TrySetResult();
    }

    /// <summary>Waits until the hosts serve a desired state of at least that version, or refuse it.</summary>
    /// <param name="groups">A refusal for the sake of other groups only is waited out: whoever published those resolves it.</param>
    public async Task<HostVerdict> WaitAsync(
        long version, IReadOnlyCollection<ServerGroupName> groups, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            Task next;
            (HostOutcome Outcome, IReadOnlyList<ServerGroupFailure> Failures) now;
            lock (sync)
            {
                next = arrival.Task;
                now = Judge(version, groups);
            }

            var left = timeout - time.GetElapsedTime(started);
            if (now.Outcome != HostOutcome.Silent || left <= TimeSpan.Zero)
                return new HostVerdict(now.Outcome, now.Failures);
            try
            {
                await next.WaitAsync(left, time, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                // The next round judges once more and finds no time left.
            }
        }
    }

    private (HostOutcome Outcome, IReadOnlyList<ServerGroupFailure> Failures) Judge(long version, IReadOnlyCollection<ServerGroupName> groups)
    {
        var hosts = byUrl.Values.Where(IsReachable).Select(entry => entry.Report).ToList();
        var refusals = hosts.Where(host => host.AppliedVersion < version && host.RefusedVersion >= version).ToList();
        // A host that serves the state may still have failed to make a group without traffic ready.
        var partial = hosts.Where(host => host.AppliedVersion >= version && host.Failures.Any(failure => groups.Contains(failure.ServerGroup)));
        var failures = refusals.Concat(partial).SelectMany(host => host.Failures).Distinct().ToList();
        if ((refusals.Count > 0 && failures.Count == 0) || failures.Exists(failure => groups.Contains(failure.ServerGroup)))
            return (HostOutcome.Refused, failures);
        return hosts.Count > 0 && hosts.TrueForAll(host => host.AppliedVersion >= version && !host.Pending.Any(groups.Contains))
            ? (HostOutcome.Applied, [])
            : (HostOutcome.Silent, failures);
    }

    private bool IsReachable(Entry entry) => time.GetElapsedTime(entry.Timestamp) <= SilentAfter;

    private HostStatus StatusOf(Entry entry) => new(entry.Report, entry.ReceivedAt, IsReachable(entry));

    private void Forget()
    {
        foreach (var gone in byUrl.Where(pair => time.GetElapsedTime(pair.Value.Timestamp) > ForgottenAfter).Select(pair => pair.Key).ToList())
            byUrl.Remove(gone);
    }

    private void LogChanges(HostReport? known, HostReport report)
    {
        var sameProcess = known?.ProcessId == report.ProcessId;
        if (!sameProcess)
            Log.HostAppeared(logger, report.Url, report.ProcessId);
        if (report.RefusedVersion is { } refused && !(sameProcess && known?.RefusedVersion == refused))
            Log.HostRefused(logger, report.Url, refused, string.Join("; ", report.Failures.Select(failure => $"{failure.ServerGroup}: {failure.Message}")));
        if (report.CaptureLost > (sameProcess ? known!.CaptureLost : 0))
            Log.CaptureLost(logger, report.Url, report.CaptureLost);
    }

    // Continuations run elsewhere: a waiter must not run inside the report's request.
    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record Entry(HostReport Report, DateTimeOffset ReceivedAt, long Timestamp);
}
