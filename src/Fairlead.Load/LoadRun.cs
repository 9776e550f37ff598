using Fairlead.Domain.Problems;
using Fairlead.Load.Inputs;
using Fairlead.Load.Pacing;
using Fairlead.Load.Sending;

namespace Fairlead.Load;

/// <summary>
/// Sends requests to a service in an open loop: the profile alone decides when, never an answer, as many independent users would. Latency
/// counts from the time at which a request was due, therefore a server that stalls cannot hide behind requests that were not sent meanwhile.
/// </summary>
public static class LoadRun
{
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    /// <summary>Runs to the end of the profile and of the last answer, or until cancelled: then the result tells what was measured so far.</summary>
    /// <param name="onProgress">Called four times a second, never twice at once; may be null.</param>
    /// <exception cref="FairleadException">Before anything is sent: Invalid for the order or the rows, NotFound for the service, Unavailable when nobody answers.</exception>
    /// <exception cref="OperationCanceledException">Cancelled before anything was sent.</exception>
    public static async Task<LoadResult> RunAsync(LoadOrder order, TimeProvider time, Action<LoadProgress>? onProgress, CancellationToken cancellationToken)
    {
        order.Validate();
        var service = await ServiceDescription.ReadAsync(order.Target, cancellationToken).ConfigureAwait(false);
        await using var prepared = service.Command is { } protocol ? PreparedLoad.OfCommand(order, protocol) : PreparedLoad.OfModel(order, service.Inputs, time);
        await using var session = new LoadSession(order, prepared.Transport, prepared.Requests);
        await session.OpenAsync(cancellationToken).ConfigureAwait(false);
        var sending = session.SendAsync(time, cancellationToken);
        await ReportAsync(session, sending, time, onProgress).ConfigureAwait(false);
        var end = await sending.ConfigureAwait(false);

        var result = LoadResults.Describe(order, end, prepared);
        return result with { Checks = [.. order.Checks.Select(check => check.Judge(result))] };
    }

    private static async Task ReportAsync(LoadSession session, Task sending, TimeProvider time, Action<LoadProgress>? onProgress)
    {
        if (onProgress is null)
            return;
        using var timer = new PeriodicTimer(ProgressInterval, time);
        while (await Task.WhenAny(sending, timer.WaitForNextTickAsync(CancellationToken.None).AsTask()).ConfigureAwait(false) != sending)
            onProgress(session.Describe());
    }
}
