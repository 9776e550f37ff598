using System.Diagnostics;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Triggers;

namespace Fairlead.Triggers.Tests.Running;

/// <summary>Ends this process, as by the kernel, before or after one of the writes of triggers, beginnings of executions among them.</summary>
internal sealed class KillingCatalog(ITriggerCatalog inner, int killAt, bool isAfter) : ITriggerCatalog
{
    private int writes;

    public int Writes => writes;

    public IExecutionStarter Around(IExecutionStarter starter) => new KillingStarter(this, starter);

    public Task<IReadOnlyList<TriggerMemory>> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);

    public Task<IReadOnlyList<Firing>> SeeAsync(TriggerMemory memory, IReadOnlyList<FiringOrder> orders, CancellationToken cancellationToken) => WriteAsync(() => inner.SeeAsync(memory, orders, cancellationToken));

    public Task SetPausedAsync(string trigger, string? by, DateTimeOffset at, CancellationToken cancellationToken) => inner.SetPausedAsync(trigger, by, at, cancellationToken);

    public Task<IReadOnlyList<Firing>> ListPendingAsync(int limit, CancellationToken cancellationToken) => inner.ListPendingAsync(limit, cancellationToken);

    public Task SettleAsync(long number, FiringStatus status, int? execution, string? reason, CancellationToken cancellationToken) => WriteAsync(async () =>
    {
        await inner.SettleAsync(number, status, execution, reason, cancellationToken);
        return true;
    });

    public Task<IReadOnlyList<Firing>> ListFiringsAsync(string trigger, int limit, CancellationToken cancellationToken) => inner.ListFiringsAsync(trigger, limit, cancellationToken);

    public Task<Firing> FindFiringAsync(long number, CancellationToken cancellationToken) => inner.FindFiringAsync(number, cancellationToken);

    public Task<bool> TryAddDeliveryAsync(string trigger, string delivery, DateTimeOffset at, CancellationToken cancellationToken) => inner.TryAddDeliveryAsync(trigger, delivery, at, cancellationToken);

    public Task<int> RemoveAsync(DateTimeOffset before, CancellationToken cancellationToken) => inner.RemoveAsync(before, cancellationToken);

    private async Task<T> WriteAsync<T>(Func<Task<T>> write)
    {
        var isIt = Interlocked.Increment(ref writes) == killAt;
        if (isIt && !isAfter)
            Die();
        var result = await write();
        if (isIt)
            Die();
        return result;
    }

    private static void Die()
    {
        Process.GetCurrentProcess().Kill();
        new ManualResetEventSlim().Wait();
    }

    private sealed class KillingStarter(KillingCatalog owner, IExecutionStarter inner) : IExecutionStarter
    {
        public Task<int> StartAsync(ExecutionOrder order, CancellationToken cancellationToken) => owner.WriteAsync(() => inner.StartAsync(order, cancellationToken));
    }
}
