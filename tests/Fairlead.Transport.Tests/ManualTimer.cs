namespace Fairlead.Transport.Tests;

/// <summary>Goes off when it is told to.</summary>
internal sealed class ManualTimer(TimerCallback callback, object? state) : ITimer
{
    public volatile bool IsSet;

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        IsSet = dueTime != Timeout.InfiniteTimeSpan;
        return true;
    }

    public void Fire()
    {
        IsSet = false;
        callback(state);
    }

    public void Dispose() => IsSet = false;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
