namespace Fairlead.Serving.Predicting;

/// <summary>Cancels after a time, or with another token.</summary>
internal sealed class TimeLimit : CancellationTokenSource
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);
    private readonly ITimer? timer;
    private readonly CancellationTokenRegistration registration;

    /// <param name="left">Zero or less cancels at once; more than a day is a day.</param>
    public TimeLimit(TimeSpan left, TimeProvider time, CancellationToken other)
    {
        registration = other.UnsafeRegister(static state => ((TimeLimit)state!).TryCancel(), this);
        if (left <= TimeSpan.Zero)
            Cancel();
        else
            timer = time.CreateTimer(static state => ((TimeLimit)state!).TryCancel(), this, left < Longest ? left : Longest, Timeout.InfiniteTimeSpan);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            registration.Dispose();
            timer?.Dispose();
        }

        base.Dispose(disposing);
    }

    private void TryCancel()
    {
        try
        {
            Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The request was answered at the same moment.
        }
    }
}
