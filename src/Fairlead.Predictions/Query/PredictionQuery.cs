using Fairlead.Domain.Problems;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query;

/// <summary>
/// Answers SQL over the views <c>predictions</c>, <c>outcomes</c> and <c>scored</c> (predictions with their last outcome), fresh to the last record.
/// </summary>
public sealed class PredictionQuery(PredictionStore store)
{
    /// <summary>Starts a query.</summary>
    /// <param name="sql">One reading statement in DuckDB's SQL; it can reach nothing but the views.</param>
    /// <exception cref="FairleadException">Invalid with DuckDB's message; Failed after the timeout; Exhausted when the memory does not suffice.</exception>
    public async Task<QueryResult> RunAsync(string sql, QueryOptions options, CancellationToken cancellationToken)
    {
        var timeout = new CancellationTokenSource(options.Timeout, store.Time);
        var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        PredictionSnapshot? snapshot = null;
        var failure = new QueryFailure(options, hasPredictions: true, hasOutcomes: true, cancellationToken);
        try
        {
            snapshot = await store.Files.AcquireAsync(both.Token).ConfigureAwait(false);
            failure = new QueryFailure(options, snapshot.PredictionFiles.Count > 0, snapshot.OutcomeFiles.Count > 0, cancellationToken);
            var (connection, result) = await Task.Run(() => Start(sql, snapshot, both.Token), both.Token).ConfigureAwait(false);
            return new QueryResult(result, options.Limit, failure, both.Token, [result, connection, snapshot, both, timeout]);
        }
        catch (Exception e)
        {
            snapshot?.Dispose();
            both.Dispose();
            timeout.Dispose();
            var told = failure.From(e);
            if (ReferenceEquals(told, e))
                throw;
            throw told;
        }
    }

    private (QueryConnection Connection, DuckDbResult Result) Start(string sql, PredictionSnapshot snapshot, CancellationToken cancellationToken)
    {
        var connection = store.Database.Connect();
        try
        {
            var plan = SqlGuard.Check(connection.Connection, sql);
            PredictionViews.Create(connection.Connection, snapshot, plan, cancellationToken);
            connection.Connection.Execute("BEGIN TRANSACTION READ ONLY", cancellationToken);
            return (connection, connection.Connection.Query(sql, cancellationToken));
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
