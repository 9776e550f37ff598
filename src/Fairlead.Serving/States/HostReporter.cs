using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.States;

/// <summary>Tells the control plane every few seconds how the host is. A control plane that is away hears it later.</summary>
internal sealed class HostReporter(ControlPlane control, HostStatus status, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Something changed that the control plane waits for: it hears it at once.</summary>
    public void Hurry() => news.Writer.TryWrite(true);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
        var hurry = news.Reader.ReadAsync(cancellationToken).AsTask();
        while (true)
        {
            await RunOnceAsync(cancellationToken).ConfigureAwait(false);
            if (await Task.WhenAny(tick, hurry).ConfigureAwait(false) == tick)
            {
                await tick.ConfigureAwait(false);
                tick = timer.WaitForNextTickAsync(cancellationToken).AsTask();
            }
            else
            {
                await hurry.ConfigureAwait(false);
                hurry = news.Reader.ReadAsync(cancellationToken).AsTask();
            }
        }
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
