using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Pipelines.Triggers;

/// <summary>The seam to what triggers saw. Each write is one transaction and on the disk when its task completes.</summary>
public interface ITriggerCatalog
{
    Task<IReadOnlyList<TriggerMemory>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Remembers how far a trigger has seen, together with what it saw there: after a kill, either both are known or neither.</summary>
    /// <param name="memory">Whether it is paused is not written.</param>
    /// <param name="orders">In order. One with a key that the trigger has already is left out.</param>
    /// <returns>Those that were new. They are pending, or skipped when the trigger is paused.</returns>
    Task<IReadOnlyList<Firing>> SeeAsync(TriggerMemory memory, IReadOnlyList<FiringOrder> orders, CancellationToken cancellationToken);

    /// <summary>Pauses a trigger, or lets it go on.</summary>
    /// <param name="by">Null to let it go on.</param>
    Task SetPausedAsync(string trigger, string? by, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Those whose execution is still to be begun, oldest first.</summary>
    Task<IReadOnlyList<Firing>> ListPendingAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Records what became of a pending firing.</summary>
    Task SettleAsync(long number, FiringStatus status, int? execution, string? reason, CancellationToken cancellationToken);

    /// <summary>Newest first.</summary>
    Task<IReadOnlyList<Firing>> ListFiringsAsync(string trigger, int limit, CancellationToken cancellationToken);

    /// <exception cref="FairleadException">NotFound.</exception>
    Task<Firing> FindFiringAsync(long number, CancellationToken cancellationToken);

    /// <summary>Remembers a delivery.</summary>
    /// <returns>False when it is known already.</returns>
    Task<bool> TryAddDeliveryAsync(string trigger, string delivery, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Forgets deliveries, and firings that are not pending, from before a time.</summary>
    /// <returns>How many.</returns>
    Task<int> RemoveAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
