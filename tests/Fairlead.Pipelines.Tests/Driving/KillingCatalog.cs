using System.Diagnostics;
using Fairlead.Domain.Pipelines.Executions;

namespace Fairlead.Pipelines.Tests.Driving;

/// <summary>A catalog whose process is killed at one of its writes: just before it, or just after it is on the disk.</summary>
internal sealed class KillingCatalog(IExecutionCatalog inner, int killAt, bool isAfter) : IExecutionCatalog
{
    private int writes;

    public int Writes => writes;

    public Task<(int Number, ExecutionLease? Lease)> AddAsync(ExecutionPlan plan, string owner, DateTimeOffset until, Func<int, (ExecutionEvent Event, ExecutionState State)> create, CancellationToken cancellationToken) =>
        WriteAsync(() => inner.AddAsync(plan, owner, until, create, cancellationToken));

    public Task AppendAsync(ExecutionWrite write, CancellationToken cancellationToken) => WriteAsync(async () =>
    {
        await inner.AppendAsync(write, cancellationToken);
        return true;
    });

    public Task<AdmissionResult> AdmitAsync(ExecutionWrite write, ExecutionPlan plan, CancellationToken cancellationToken) => WriteAsync(() => inner.AdmitAsync(write, plan, cancellationToken));

    public Task<ExecutionLease?> TryLeaseAsync(int number, string owner, DateTimeOffset until, DateTimeOffset now, Func<string, bool> isGone, CancellationToken cancellationToken) =>
        inner.TryLeaseAsync(number, owner, until, now, isGone, cancellationToken);

    public Task<ExecutionLease> ReopenAsync(int number, string owner, DateTimeOffset until, CancellationToken cancellationToken) => inner.ReopenAsync(number, owner, until, cancellationToken);

    public Task<IReadOnlyDictionary<int, long>> RenewAsync(string owner, DateTimeOffset until, CancellationToken cancellationToken) => inner.RenewAsync(owner, until, cancellationToken);

    public Task<IReadOnlyList<int>> ListAbandonedAsync(DateTimeOffset now, Func<string, bool> isGone, CancellationToken cancellationToken) => inner.ListAbandonedAsync(now, isGone, cancellationToken);

    public Task<IReadOnlyList<QueuedExecution>> ListQueuedAsync(CancellationToken cancellationToken) => inner.ListQueuedAsync(cancellationToken);

    public Task<Execution?> FindAsync(int number, CancellationToken cancellationToken) => inner.FindAsync(number, cancellationToken);

    public Task<int?> FindByParentAsync(string parent, CancellationToken cancellationToken) => inner.FindByParentAsync(parent, cancellationToken);

    public Task<IReadOnlyDictionary<ExecutionStatus, int>> CountAsync(CancellationToken cancellationToken) => inner.CountAsync(cancellationToken);

    public Task<IReadOnlyList<ExecutionSummary>> ListAsync(ExecutionFilter filter, CancellationToken cancellationToken) => inner.ListAsync(filter, cancellationToken);

    public Task<IReadOnlyList<RecordedEvent>> ListEventsAsync(int number, long after, int limit, CancellationToken cancellationToken) => inner.ListEventsAsync(number, after, limit, cancellationToken);

    public Task PostAsync(int number, ExecutionEvent request, CancellationToken cancellationToken) => inner.PostAsync(number, request, cancellationToken);

    public Task<IReadOnlyList<(int Number, ExecutionEvent Request)>> TakePostedAsync(string owner, CancellationToken cancellationToken) => inner.TakePostedAsync(owner, cancellationToken);

    public Task SetStalledAsync(int number, string? stalled, CancellationToken cancellationToken) => inner.SetStalledAsync(number, stalled, cancellationToken);

    private async Task<T> WriteAsync<T>(Func<Task<T>> write)
    {
        var number = Interlocked.Increment(ref writes);
        if (number == killAt && !isAfter)
            Die();
        var result = await write();
        if (number == killAt && isAfter)
            Die();
        return result;
    }

    // SIGKILL: nothing of this process runs any more.
    private static void Die() => Process.GetCurrentProcess().Kill();
}
