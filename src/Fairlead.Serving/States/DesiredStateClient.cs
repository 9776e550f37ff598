using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Fairlead.Serving.States;

/// <summary>
/// Asks the control plane for the next desired state, over and over, and applies it. It goes on asking while a state is being applied, so that a
/// newer one need not wait for it. Never in the way of requests.
/// </summary>
internal sealed class DesiredStateClient(ControlPlane control, DesiredStateApplier applier, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan ShortestWait = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(3);
    private long? asked;
    private Task applying = Task.CompletedTask;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var wait = TimeSpan.Zero;
        while (!cancellationToken.IsCancellationRequested)
        {
            if (applying.IsCompleted)
                await applying.ConfigureAwait(false);
            if (await RunOnceAsync(isFirstFailure: wait == TimeSpan.Zero, cancellationToken).ConfigureAwait(false))
            {
                wait = TimeSpan.Zero;
                continue;
            }

            wait = wait == TimeSpan.Zero ? ShortestWait : TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, 2 * wait.Ticks));
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for one answer of the control plane and does what it says. False when the control plane is away.</summary>
    /// <param name="isFirstFailure">True when a failure would be news.</param>
    public async Task<bool> RunOnceAsync(bool isFirstFailure, CancellationToken cancellationToken)
    {
        try
        {
            if (await control.WaitAsync(asked ?? applier.Last.AttemptedVersion, cancellationToken).ConfigureAwait(false) is not { } state)
                return true;
            asked = state.Version;
            applying = Task.WhenAll(applying, applier.ApplyAsync(state, cancellationToken));
            return true;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            if (isFirstFailure)
                Log.ControlPlaneAway(logger, control.Url.ToString(), e.Message);
            return false;
        }
    }
}
