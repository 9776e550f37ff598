using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.States;

/// <summary>Tells the control plane every few seconds how the host is. A control plane that is away hears it later.</summary>
internal sealed class HostReporter(ControlPlane control, HostStatus status, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
            await RunOnceAsync(cancellationToken).ConfigureAwait(false);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await control.ReportAsync(status.Report(), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            Log.ReportFailed(logger, e.Message);
        }
    }
}
