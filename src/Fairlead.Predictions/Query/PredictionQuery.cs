using Fairlead.Domain.Problems;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query;

/// <summary>
/// Answers SQL over the views <c>predictions</c>, <c>outcomes</c>, <c>scored</c> (predictions with their last outcome) and <c>unmatched</c>, fresh to the last
/// record, and over what the catalog knows (<see cref="CatalogTables"/>).
/// </summary>
/// <param name="catalog">Null for a query over predictions and outcomes alone.</param>
public sealed class PredictionQuery(PredictionStore store, CatalogTables? catalog = null)
{
    /// <summary>Starts a query.</summary>
    /// <param name="sql">One reading statement in DuckDB's SQL; it can reach nothing but the views.</param>
    /// <exception cref="FairleadException">
    /// Invalid with DuckDB's message; Failed after the timeout; Exhausted when the memory does not suffice; Busy when too many queries wait.
    /// </exception>
    public Task<QueryResult> RunAsync(string sql, QueryOptions options, CancellationToken cancellationToken) =>
        WithSessionAsync(
            sql,
            options,
            (session, token) => session.Connection.Query(sql, token, session.Values()),
            (session, result, token) => new QueryResult(result, options.Limit, session.Failure, token, [result, session]) { Missing = session.Missing },
            cancellationToken);

    /// <summary>Writes all rows of a query into a file, which disposing the result deletes.</summary>
    /// <exception cref="FairleadException">As <see cref="RunAsync"/>; Invalid also for a statement that describes or explains.</exception>
    public Task<QueryFile> ExportAsync(string sql, QueryFormat format, QueryOptions options, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(store.SpillFolder);
        var path = Path.Combine(store.SpillFolder, $"export-{Guid.NewGuid():N}.{(format == QueryFormat.Csv ? "csv" : "parquet")}");
        var limit = options.Limit is { } rows ? $" LIMIT {rows}" : "";
        var kind = format == QueryFormat.Csv ? "csv, HEADER" : "parquet, COMPRESSION zstd";
        return ExportAsync(sql, limit, kind, path, options, cancellationToken);
    }

    /// <summary>Checks a statement against the data as it is, without running it.</summary>
    /// <returns>The names of its parameters, in the order in which they come.</returns>
    /// <exception cref="FairleadException">As <see cref="RunAsync"/>.</exception>
    public Task<IReadOnlyList<string>> CheckAsync(string sql, CancellationToken cancellationToken) =>
        WithSessionAsync<IReadOnlyList<string>, IReadOnlyList<string>>(
            sql,
            new QueryOptions(),
            (session, token) =>
            {
                session.Connection.Prepare(sql, token);
                return [.. session.Plan.Parameters.Values];
            },
            (session, names, _) =>
            {
                session.Dispose();
                return names;
            },
            cancellationToken);

    private async Task<QueryFile> ExportAsync(string sql, string limit, string kind, string path, QueryOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return await WithSessionAsync(
                sql,
                options,
                (session, token) =>
                {
                    // It goes away with the session unless it is moved out.
                    var written = Path.Combine(session.Connection.Scratch, Path.GetFileName(path));
                    var copy = $"COPY (FROM ({session.Connection.Plain(sql, token)}){limit}) TO {DuckDbText.Literal(written)} (FORMAT {kind}, USE_TMP_FILE false)";
                    var rows = session.Connection.Scalar(copy, token, session.Values());
                    File.Move(written, path);
                    return rows is long count ? count : 0;
                },
                (session, rows, _) =>
                {
                    session.Dispose();
                    return new QueryFile(path, rows) { Missing = session.Missing };
                },
                cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    /// <summary>Begins a query in turn with the others; when the memory did not suffice beside them, once more without them.</summary>
    private async Task<TResult> WithSessionAsync<TStarted, TResult>(
        string sql,
        QueryOptions options,
        Func<QuerySession, CancellationToken, TStarted> start,
        Func<QuerySession, TStarted, CancellationToken, TResult> finish,
        CancellationToken cancellationToken)
    {
        var timeout = new CancellationTokenSource(options.Timeout, store.Time);
        var both = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        var failure = new QueryFailure(options, hasPredictions: true, hasOutcomes: true, cancellationToken);
        IDisposable? place = null;
        try
        {
            place = await store.Gate.EnterAsync(both.Token).ConfigureAwait(false);
            try
            {
                return await StartAsync(place, isAlone: false).ConfigureAwait(false);
            }
            catch (DuckDbException e) when (e.Kind == DuckDbErrorKind.OutOfMemory && store.HasMoreAlone)
            {
                place.Dispose();
                place = await store.Gate.EnterAloneAsync(both.Token).ConfigureAwait(false);
                return await StartAsync(place, isAlone: true).ConfigureAwait(false);
            }
        }
        catch (Exception e)
        {
            place?.Dispose();
            both.Dispose();
            timeout.Dispose();
            var told = failure.From(e);
            if (ReferenceEquals(told, e))
                throw;
            throw told;
        }

        async Task<TResult> StartAsync(IDisposable own, bool isAlone)
        {
            var session = new QuerySession(store, options, isAlone, cancellationToken, [own, both, timeout]);
            try
            {
                await session.OpenAsync(sql, catalog, both.Token).ConfigureAwait(false);
                failure = session.Failure;
                var started = await Task.Run(
                    () =>
                    {
                        session.Begin(both.Token);
                        return start(session, both.Token);
                    },
                    both.Token).ConfigureAwait(false);
                return finish(session, started, both.Token);
            }
            catch
            {
                session.Abandon();
                throw;
            }
        }
    }
}
