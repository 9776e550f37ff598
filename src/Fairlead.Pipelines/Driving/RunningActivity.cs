using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Pipelines.Driving;

/// <summary>An activity that this process carries out now.</summary>
internal sealed class RunningActivity : IDisposable
{
    private readonly CancellationTokenSource ending = new();
    private long lastBeat;

    public RunningActivity(string stage, ActivityState state, long startedAt)
    {
        (Stage, State, lastBeat) = (stage, state, startedAt);
        Cancellation = ending.Token;
    }

    public string Stage { get; }

    public ActivityState State { get; }

    public CancellationToken Cancellation { get; }

    /// <summary>Monotonic.</summary>
    public long LastBeat => Volatile.Read(ref lastBeat);

    /// <summary>True once it has ended by itself; under the runner's lock.</summary>
    public bool IsEnded { get; set; }

    /// <summary>Completes when nothing of it runs any more.</summary>
    public Task Task { get; set; } = Task.CompletedTask;

    public void Beat(long at) => Volatile.Write(ref lastBeat, at);

    public void Cancel() => ending.Cancel();

    public void Dispose() => ending.Dispose();
}
