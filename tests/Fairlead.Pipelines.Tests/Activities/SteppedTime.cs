namespace Fairlead.Pipelines.Tests.Activities;

/// <summary>Timers that fire when the test says so: all that are set.</summary>
internal sealed class SteppedTime : TimeProvider
{
    private readonly List<Action> timers = [];
    private readonly TaskCompletionSource set = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when there is a timer.</summary>
    public Task TimerSet => set.Task;

    public void Fire()
    {
        List<Action> due;
        lock (timers)
        {
            due = [.. timers];
            timers.Clear();
        }

        due.ForEach(timer => timer());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (timers)
            timers.Add(() => callback(state));
        set.TrySetResult();
        return new NoTimer();
    }

    private sealed class NoTimer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
            // Nothing is held.
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
