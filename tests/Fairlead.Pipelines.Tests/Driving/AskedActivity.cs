using Fairlead.Domain.Pipelines.Activities;

namespace Fairlead.Pipelines.Tests.Driving;

/// <summary>Stands for scripts that are asked before they are repeated; the question, or the run, lasts as long as the test says.</summary>
internal sealed class AskedActivity : IActivity
{
    private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int runs;

    public string Kind => "script";

    public ActivityRepeat Repeat => ActivityRepeat.AskBefore;

    public Task Asked => asked.Task.WaitAsync(TestContext.Current.CancellationToken);

    public TaskCompletionSource Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Runs => Volatile.Read(ref runs);

    public async Task<ActivityOutcome?> FindResultAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        asked.TrySetResult();
        await Answer.Task;
        return null;
    }

    public Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref runs);
        return Task.FromResult(ActivityOutcome.Empty);
    }
}
