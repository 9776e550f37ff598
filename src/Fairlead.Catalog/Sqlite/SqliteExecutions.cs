using System.Text.Json;
using Dapper;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Problems;
using Microsoft.Data.Sqlite;

namespace Fairlead.Catalog.Sqlite;

internal sealed class SqliteExecutions(SqliteSession session) : IExecutionCatalog
{
    public Task<(int Number, ExecutionLease? Lease)> AddAsync(
        ExecutionPlan plan, string owner, DateTimeOffset until, Func<int, (ExecutionEvent Event, ExecutionState State)> create, CancellationToken cancellationToken)
    {
        var document = JsonSerializer.Serialize(plan, PipelineJson.Default.ExecutionPlan);
        // Both say by what an execution is found again; of one execution there is never more than one of them.
        var key = plan.Parent ?? plan.Key;
        return session.WriteAsync<(int, ExecutionLease?)>(
            connection =>
            {
                if (key is not null && connection.ExecuteScalar<int?>(Statements.Get("FindExecutionByParent"), new { parent = key }) is { } existing)
                    return (existing, null);
                var number = connection.Number("NextExecutionNumber");
                var (created, state) = create(number);
                connection.Run("InsertExecution", new
                {
                    number,
                    pipeline = plan.Pipeline,
                    owner,
                    until = Milliseconds(until),
                    parent = key,
                    summary = JsonSerializer.Serialize(ExecutionSummary.Of(number, plan, state), PipelineJson.Default.ExecutionSummary),
                    plan = document,
                    state = JsonSerializer.Serialize(state, PipelineJson.Default.ExecutionState),
                });
                Insert(connection, number, 1, created);
                return (number, new ExecutionLease(1, new Execution(number, 1, plan, state)));
            },
            cancellationToken);
    }

    public Task AppendAsync(ExecutionWrite write, CancellationToken cancellationToken)
    {
        var (summary, state) = Documents(write);
        return session.WriteAsync(connection => Append(connection, write, summary, state), cancellationToken);
    }

    public Task<AdmissionResult> AdmitAsync(ExecutionWrite write, ExecutionPlan plan, CancellationToken cancellationToken)
    {
        var (summary, state) = Documents(write);
        return session.WriteAsync(
            connection =>
            {
                if (plan.Concurrency.Mode == PipelineConcurrencyMode.Latest && connection.Number("NewestWaiting", new { pipeline = plan.Pipeline }) > write.Number)
                    return AdmissionResult.Superseded;
                if (connection.Number("CountAdmitted", new { pipeline = plan.Pipeline }) >= plan.Concurrency.Limit
                    || (plan.Locks.Count > 0 && connection.Number("CountForeignLocks", new { names = JsonSerializer.Serialize(plan.Locks, PipelineJson.Default.IReadOnlyListString), number = write.Number }) > 0))
                    return AdmissionResult.Waiting;
                foreach (var name in plan.Locks)
                    connection.Run("TakeExecutionLock", new { name, number = write.Number });
                connection.Run("AdmitExecution", new { number = write.Number });
                Append(connection, write, summary, state);
                return AdmissionResult.Admitted;
            },
            cancellationToken);
    }

    public Task<ExecutionLease?> TryLeaseAsync(int number, string owner, DateTimeOffset until, DateTimeOffset now, Func<string, bool> isGone, CancellationToken cancellationToken) =>
        session.WriteAsync(
            connection => FindLease(connection, number) is { IsOpen: 1 } held && (held.Owner == owner || held.Until < Milliseconds(now) || isGone(held.Owner))
                ? Take(connection, number, owner, until)
                : null,
            cancellationToken);

    public Task<ExecutionLease> ReopenAsync(int number, string owner, DateTimeOffset until, CancellationToken cancellationToken) =>
        session.WriteAsync(
            connection => FindLease(connection, number) switch
            {
                null => throw FairleadException.NotFound($"There is no execution {number}; list them with 'fairlead pipeline list'."),
                { IsOpen: 1 } => throw FairleadException.Conflict($"Execution {number} goes on already; see 'fairlead pipeline show {number}'."),
                _ => Take(connection, number, owner, until),
            },
            cancellationToken);

    public Task<IReadOnlyDictionary<int, long>> RenewAsync(string owner, DateTimeOffset until, CancellationToken cancellationToken) =>
        session.WriteAsync<IReadOnlyDictionary<int, long>>(
            connection =>
            {
                connection.Run("RenewExecutions", new { owner, until = Milliseconds(until) });
                return connection.Query<(int Number, long Fence)>(Statements.Get("ListHeldExecutions"), new { owner }).ToDictionary(held => held.Number, held => held.Fence);
            },
            cancellationToken);

    public Task<IReadOnlyList<int>> ListAbandonedAsync(DateTimeOffset now, Func<string, bool> isGone, CancellationToken cancellationToken) =>
        session.ReadAsync<IReadOnlyList<int>>(
            connection => [.. connection.Query<(int Number, string Owner, long Until)>(Statements.Get("ListLeases")).Where(lease => lease.Until < Milliseconds(now) || isGone(lease.Owner)).Select(lease => lease.Number)],
            cancellationToken);

    public Task<IReadOnlyList<QueuedExecution>> ListQueuedAsync(CancellationToken cancellationToken) =>
        session.ReadAsync<IReadOnlyList<QueuedExecution>>(
            connection => [.. connection.Query<(int Number, string Pipeline)>(Statements.Get("ListQueuedExecutions")).Select(row => new QueuedExecution(row.Number, row.Pipeline))],
            cancellationToken);

    public Task<Execution?> FindAsync(int number, CancellationToken cancellationToken) =>
        session.ReadAsync(connection => Find(connection, number)?.Execution, cancellationToken);

    public Task<int?> FindByParentAsync(string parent, CancellationToken cancellationToken) =>
        session.ReadAsync(connection => connection.ExecuteScalar<int?>(Statements.Get("FindExecutionByParent"), new { parent }), cancellationToken);

    public Task<IReadOnlyDictionary<ExecutionStatus, int>> CountAsync(CancellationToken cancellationToken) =>
        session.ReadAsync<IReadOnlyDictionary<ExecutionStatus, int>>(
            connection => connection.Query<(string Status, int Number)>(Statements.Get("CountExecutions")).ToDictionary(row => Enum.Parse<ExecutionStatus>(row.Status, ignoreCase: true), row => row.Number),
            cancellationToken);

    public Task<IReadOnlyList<ExecutionSummary>> ListAsync(ExecutionFilter filter, CancellationToken cancellationToken) =>
        session.ReadAsync<IReadOnlyList<ExecutionSummary>>(
            connection =>
            {
                var statement = filter.IsOpen ? "ListOpenExecutions" : filter.Pipeline is null ? "ListExecutions" : "ListExecutionsOfPipeline";
                var rows = connection.Query<(string Summary, string? Stalled)>(Statements.Get(statement), new { pipeline = filter.Pipeline, before = filter.Before ?? int.MaxValue, limit = filter.Limit });
                return [.. rows.Select(row => session.Parse(row.Summary, PipelineJson.Default.ExecutionSummary) with { Stalled = row.Stalled })];
            },
            cancellationToken);

    public Task<IReadOnlyList<RecordedEvent>> ListEventsAsync(int number, long after, int limit, CancellationToken cancellationToken) =>
        session.ReadAsync<IReadOnlyList<RecordedEvent>>(
            connection => [.. connection.Query<(long Sequence, string Document)>(Statements.Get("ListExecutionEvents"), new { number, after, limit })
                .Select(row => new RecordedEvent(row.Sequence, session.Parse(row.Document, PipelineJson.Default.ExecutionEvent)))],
            cancellationToken);

    public Task PostAsync(int number, ExecutionEvent request, CancellationToken cancellationToken) =>
        session.WriteAsync(connection => connection.Run("InsertExecutionRequest", new { number, document = JsonSerializer.Serialize(request, PipelineJson.Default.ExecutionEvent) }), cancellationToken);

    public async Task<IReadOnlyList<(int Number, ExecutionEvent Request)>> TakePostedAsync(string owner, CancellationToken cancellationToken)
    {
        // Mostly there is nothing, and then nothing is written.
        var waiting = await session.ReadAsync(connection => Posted(connection, owner).Count, cancellationToken).ConfigureAwait(false);
        return waiting == 0 ? [] : await session.WriteAsync<IReadOnlyList<(int, ExecutionEvent)>>(
            connection =>
            {
                var posted = Posted(connection, owner);
                posted.ForEach(request => connection.Run("RemoveExecutionRequest", new { position = request.Position }));
                return [.. posted.Select(request => (request.Number, session.Parse(request.Document, PipelineJson.Default.ExecutionEvent)))];
            },
            cancellationToken).ConfigureAwait(false);
    }

    public Task SetStalledAsync(int number, string? stalled, CancellationToken cancellationToken) =>
        session.WriteAsync(connection => connection.Run("SetExecutionStalled", new { number, stalled }), cancellationToken);

    private static List<(long Position, int Number, string Document)> Posted(SqliteConnection connection, string owner) =>
        [.. connection.Query<(long Position, int Number, string Document)>(Statements.Get("ListExecutionRequests"), new { owner })];

    private static bool Append(SqliteConnection connection, ExecutionWrite write, string summary, string state)
    {
        var isOpen = !write.State.IsEnded;
        var changed = connection.Run("UpdateExecution", new { number = write.Number, fence = write.Fence, version = write.Version, next = write.Version + write.Events.Count, summary, state, isOpen = isOpen ? 1 : 0 });
        if (changed == 0)
            throw FairleadException.Conflict($"Execution {write.Number} is driven by another control plane now.");
        for (var i = 0; i < write.Events.Count; i++)
            Insert(connection, write.Number, write.Version + i + 1, write.Events[i]);
        if (!isOpen)
            connection.Run("ReleaseExecutionLocks", new { number = write.Number });
        return true;
    }

    private static void Insert(SqliteConnection connection, int number, long sequence, ExecutionEvent happened) =>
        connection.Run("InsertExecutionEvent", new { number, sequence, document = JsonSerializer.Serialize(happened, PipelineJson.Default.ExecutionEvent) });

    private static (long IsOpen, string Owner, long Until)? FindLease(SqliteConnection connection, int number)
    {
        foreach (var lease in connection.Query<(long, string, long)>(Statements.Get("FindExecutionLease"), new { number }))
            return lease;
        return null;
    }

    // Outside of the transaction: there is one writer for all executions, and many drivers.
    private static (string Summary, string State) Documents(ExecutionWrite write) => (
        JsonSerializer.Serialize(write.Summary, PipelineJson.Default.ExecutionSummary), JsonSerializer.Serialize(write.State, PipelineJson.Default.ExecutionState));

    private ExecutionLease Take(SqliteConnection connection, int number, string owner, DateTimeOffset until)
    {
        connection.Run("TakeExecution", new { number, owner, until = Milliseconds(until) });
        var (fence, execution) = Find(connection, number)!.Value;
        return new ExecutionLease(fence, execution);
    }

    private (long Fence, Execution Execution)? Find(SqliteConnection connection, int number) =>
        connection.QuerySingleOrDefault<ExecutionRow>(Statements.Get("FindExecution"), new { number }) is { } row
            ? (row.Fence, new Execution((int)row.Number, row.Version, session.Parse(row.Plan, PipelineJson.Default.ExecutionPlan), session.Parse(row.State, PipelineJson.Default.ExecutionState)) { Stalled = row.Stalled })
            : null;

    private static long Milliseconds(DateTimeOffset at) => at.ToUnixTimeMilliseconds();
}
