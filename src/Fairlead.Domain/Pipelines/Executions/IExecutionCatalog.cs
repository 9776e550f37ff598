using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Pipelines.Executions;

/// <summary>
/// The seam to recorded executions. Each write is one transaction and on the disk when its task completes. An execution is written by the holder of its
/// lease alone: writes carry the lease's number, and those of an earlier holder are refused.
/// </summary>
public interface IExecutionCatalog
{
    /// <summary>Adds an execution with the next number, leased to its maker.</summary>
    /// <param name="create">Makes its first event and state, given the number.</param>
    /// <returns>The lease, or null with the number when there is one with the same <see cref="ExecutionPlan.Parent"/>, or <see cref="ExecutionPlan.Key"/>, already.</returns>
    Task<(int Number, ExecutionLease? Lease)> AddAsync(ExecutionPlan plan, string owner, DateTimeOffset until, Func<int, (ExecutionEvent Event, ExecutionState State)> create, CancellationToken cancellationToken);

    /// <summary>Appends events with the state that they made; an ended execution gives up its turn and its locks.</summary>
    /// <exception cref="FairleadException">Conflict: the lease was lost, or somebody else wrote.</exception>
    Task AppendAsync(ExecutionWrite write, CancellationToken cancellationToken);

    /// <summary>Appends as <see cref="AppendAsync"/> does when the execution's turn has come, and takes it: by its pipeline's concurrency, and all its locks at once or none.</summary>
    /// <exception cref="FairleadException">As there.</exception>
    Task<AdmissionResult> AdmitAsync(ExecutionWrite write, ExecutionPlan plan, CancellationToken cancellationToken);

    /// <summary>Takes the lease of an open execution that nobody holds any more, or that is the owner's own.</summary>
    /// <param name="isGone">True for another owner that is known to be no more.</param>
    /// <returns>Null when somebody holds it, or it has ended.</returns>
    Task<ExecutionLease?> TryLeaseAsync(int number, string owner, DateTimeOffset until, DateTimeOffset now, Func<string, bool> isGone, CancellationToken cancellationToken);

    /// <summary>Takes the lease of an ended execution, so that it can go on.</summary>
    Task<ExecutionLease> ReopenAsync(int number, string owner, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Prolongs all leases of an owner.</summary>
    /// <returns>The executions that it holds, with their fences.</returns>
    Task<IReadOnlyDictionary<int, long>> RenewAsync(string owner, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Numbers of open executions whose lease is over, or held by somebody who is gone; oldest first.</summary>
    Task<IReadOnlyList<int>> ListAbandonedAsync(DateTimeOffset now, Func<string, bool> isGone, CancellationToken cancellationToken);

    /// <summary>Those that wait for their turn, oldest first.</summary>
    Task<IReadOnlyList<QueuedExecution>> ListQueuedAsync(CancellationToken cancellationToken);

    Task<Execution?> FindAsync(int number, CancellationToken cancellationToken);

    /// <summary>Number of the execution that an activity began, or null.</summary>
    Task<int?> FindByParentAsync(string parent, CancellationToken cancellationToken);

    /// <summary>How many there are by status, of those that ended as well.</summary>
    Task<IReadOnlyDictionary<ExecutionStatus, int>> CountAsync(CancellationToken cancellationToken);

    Task<IReadOnlyList<ExecutionSummary>> ListAsync(ExecutionFilter filter, CancellationToken cancellationToken);

    /// <summary>In the order in which they happened.</summary>
    Task<IReadOnlyList<RecordedEvent>> ListEventsAsync(int number, long after, int limit, CancellationToken cancellationToken);

    /// <summary>Leaves a request for whoever holds the lease.</summary>
    Task PostAsync(int number, ExecutionEvent request, CancellationToken cancellationToken);

    /// <summary>Takes the requests that were left for executions of an owner.</summary>
    Task<IReadOnlyList<(int Number, ExecutionEvent Request)>> TakePostedAsync(string owner, CancellationToken cancellationToken);

    /// <summary>Says which activity gives no sign of life, or that all do again.</summary>
    Task SetStalledAsync(int number, string? stalled, CancellationToken cancellationToken);
}
