using System.Collections.Concurrent;
using Fairlead.Domain.Pipelines.Activities;

namespace Fairlead.Pipelines.Tests.Driving;

/// <summary>Stands for scripts: says when it begins, and ends when it is let go.</summary>
internal sealed class HeldActivity : IActivity
{
    private readonly ConcurrentDictionary<int, TaskCompletionSource> begun = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource> released = new();

    public string Kind => "script";

    /// <summary>True lets everything go at once.</summary>
    public bool IsOpen { get; init; }

    public Task Begun(int execution) => Of(begun, execution).Task.WaitAsync(TestContext.Current.CancellationToken);

    public void Release(int execution) => Of(released, execution).TrySetResult();

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        Of(begun, call.Execution).TrySetResult();
        if (!IsOpen)
            await Of(released, call.Execution).Task.WaitAsync(cancellationToken);
        return ActivityOutcome.Empty;
    }

    private static TaskCompletionSource Of(ConcurrentDictionary<int, TaskCompletionSource> all, int execution) =>
        all.GetOrAdd(execution, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
}
