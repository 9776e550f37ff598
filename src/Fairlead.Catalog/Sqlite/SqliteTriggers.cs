using System.Text.Json;
using Dapper;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Pipelines;
using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Domain.Problems;
using Microsoft.Data.Sqlite;

namespace Fairlead.Catalog.Sqlite;

internal sealed class SqliteTriggers(SqliteSession session) : ITriggerCatalog
{
    public Task<IReadOnlyList<TriggerMemory>> ListAsync(CancellationToken cancellationToken) =>
        session.ReadAsync<IReadOnlyList<TriggerMemory>>(connection => [.. connection.Query<TriggerRow>(Statements.Get("ListTriggers")).Select(Of)], cancellationToken);

    public Task<IReadOnlyList<Firing>> SeeAsync(TriggerMemory memory, IReadOnlyList<FiringOrder> orders, CancellationToken cancellationToken)
    {
        var documents = orders.Select(order => JsonSerializer.Serialize(order, PipelineJson.Default.FiringOrder)).ToList();
        return session.WriteAsync<IReadOnlyList<Firing>>(
            connection =>
            {
                connection.Run("UpsertTrigger", new { name = memory.Name, source = memory.Source, cursor = memory.Cursor, error = memory.Error, failingSince = Milliseconds(memory.FailingSince) });
                var pausedBy = connection.ExecuteScalar<string?>(Statements.Get("FindTriggerPause"), new { name = memory.Name });
                var status = pausedBy is null ? FiringStatus.Pending : FiringStatus.Skipped;
                var reason = pausedBy is null ? null : $"The trigger was paused by {pausedBy}.";
                var added = new List<Firing>();
                foreach (var (order, document) in orders.Zip(documents))
                {
                    var number = connection.Number("NextFiringNumber");
                    if (connection.Run("InsertFiring", new { number, trigger = order.Trigger, key = order.Key, at = order.At.ToUnixTimeMilliseconds(), status = status.CamelCase(), reason, document }) > 0)
                        added.Add(new Firing(number, order, status, null, reason));
                }

                return added;
            },
            cancellationToken);
    }

    public Task SetPausedAsync(string trigger, string? by, DateTimeOffset at, CancellationToken cancellationToken) =>
        session.ChangeAsync(
            connection => connection.Run("PauseTrigger", new { name = trigger, by, at = by is null ? (long?)null : at.ToUnixTimeMilliseconds() }),
            _ => Acting.Draft(by is null ? "trigger.resume" : "trigger.pause", trigger),
            cancellationToken);

    public Task<IReadOnlyList<Firing>> ListPendingAsync(int limit, CancellationToken cancellationToken) => ListAsync("ListPendingFirings", new { limit }, cancellationToken);

    public Task SettleAsync(long number, FiringStatus status, int? execution, string? reason, CancellationToken cancellationToken) =>
        session.WriteAsync(connection => connection.Run("SettleFiring", new { number, status = status.CamelCase(), execution, reason }), cancellationToken);

    public Task<IReadOnlyList<Firing>> ListFiringsAsync(string trigger, int limit, CancellationToken cancellationToken) => ListAsync("ListFirings", new { trigger, limit }, cancellationToken);

    public async Task<Firing> FindFiringAsync(long number, CancellationToken cancellationToken) =>
        (await ListAsync("FindFiring", new { number }, cancellationToken).ConfigureAwait(false)).FirstOrDefault()
        ?? throw FairleadException.NotFound($"There is no firing '{number}'; see 'fairlead trigger show'.");

    public Task<bool> TryAddDeliveryAsync(string trigger, string delivery, DateTimeOffset at, CancellationToken cancellationToken) =>
        session.WriteAsync(connection => connection.Run("InsertDelivery", new { trigger, delivery, at = at.ToUnixTimeMilliseconds() }) > 0, cancellationToken);

    public Task<int> RemoveAsync(DateTimeOffset before, CancellationToken cancellationToken) =>
        session.WriteAsync(
            connection => connection.Run("RemoveDeliveries", new { before = before.ToUnixTimeMilliseconds() }) + connection.Run("RemoveFirings", new { before = before.ToUnixTimeMilliseconds() }),
            cancellationToken);

    private Task<IReadOnlyList<Firing>> ListAsync(string statement, object parameters, CancellationToken cancellationToken) =>
        session.ReadAsync<IReadOnlyList<Firing>>(connection => [.. connection.Query<FiringRow>(Statements.Get(statement), parameters).Select(Of)], cancellationToken);

    private Firing Of(FiringRow row) =>
        new(row.Number, session.Parse(row.Document, PipelineJson.Default.FiringOrder), Enum.Parse<FiringStatus>(row.Status, ignoreCase: true), (int?)row.Execution, row.Reason);

    private static TriggerMemory Of(TriggerRow row) => new(row.Name)
    {
        Source = row.Source,
        Cursor = row.Cursor,
        Error = row.Error,
        FailingSince = Moment(row.FailingSince),
        PausedBy = row.PausedBy,
        PausedAt = Moment(row.PausedAt),
    };

    private static long? Milliseconds(DateTimeOffset? at) => at?.ToUnixTimeMilliseconds();

    private static DateTimeOffset? Moment(long? milliseconds) => milliseconds is { } known ? DateTimeOffset.FromUnixTimeMilliseconds(known) : null;
}
