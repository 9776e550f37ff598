using Fairlead.Domain.Problems;
using Fairlead.DuckDb;
using Fairlead.Predictions.Query;

namespace Fairlead.Predictions.Analysis;

/// <summary>
/// A database of its own with the views <c>predictions</c>, <c>outcomes</c> and <c>scored</c> as they were when it was opened, for this program's own
/// computations: it may make tables and read files. What users write goes through <see cref="PredictionQuery"/> or <see cref="CheckExpression"/>.
/// </summary>
public sealed class AnalysisSession : IDisposable
{
    private readonly DuckDbDatabase database;
    private readonly PredictionSnapshot snapshot;
    private readonly PredictionStore store;

    internal AnalysisSession(PredictionStore store, DuckDbDatabase database, DuckDbConnection connection, PredictionSnapshot snapshot)
    {
        this.store = store;
        this.database = database;
        Connection = connection;
        this.snapshot = snapshot;
    }

    /// <summary>Not safe for several threads at once.</summary>
    public DuckDbConnection Connection { get; }

    public bool HasOutcomes => snapshot.OutcomeFiles.Count > 0;

    /// <summary>A further connection to the same database; it sees tables, but not the views.</summary>
    public DuckDbConnection Connect() => database.Connect();

    /// <summary>A further connection that sees the view <c>predictions</c>, for a thread of its own. Not to be called while <see cref="Connection"/> is in use.</summary>
    public DuckDbConnection ConnectWithPredictions(CancellationToken cancellationToken)
    {
        var view = (string)Connection.Scalar($"SELECT sql FROM duckdb_views() WHERE view_name = '{PredictionViews.Predictions}'")!;
        var connection = database.Connect();
        try
        {
            connection.Execute("SET TimeZone = 'UTC'", cancellationToken);
            connection.Execute(view, cancellationToken);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Checks an expression that a user wrote, before it becomes part of a statement.</summary>
    /// <param name="expression">One SQL expression, such as that of a KPI; it may hold subqueries over the views and nothing that reaches outside.</param>
    /// <exception cref="Fairlead.Domain.Problems.FairleadException">Invalid, with DuckDB's message.</exception>
    public void CheckExpression(string expression)
    {
        var plan = SqlGuard.Check(Connection, $"select ({expression}\n)");
        // This database is not locked as that of queries is, and a file can be read by its name alone.
        if (plan.Tables.FirstOrDefault(name => !PredictionViews.Names.Contains(name)) is { } table)
            throw FairleadException.Invalid($"The expression reads '{table}'; it may read predictions, outcomes, scored and unmatched.");
    }

    /// <summary>
    /// Runs a statement that holds what a user wrote to its end where queries run, over the same predictions, before it runs here: what takes too much memory or fails does so there.
    /// </summary>
    /// <exception cref="FairleadException">Exhausted: it takes more memory than it may have.</exception>
    /// <exception cref="DuckDbException">It fails.</exception>
    public void Rehearse(string sql, CancellationToken cancellationToken)
    {
        using var connection = store.Connect(isAlone: false, cancellationToken);
        store.CreateViews(connection, snapshot, PredictionViews.Names, cancellationToken);
        connection.Execute(sql, cancellationToken);
    }

    public void Dispose()
    {
        Connection.Dispose();
        database.Dispose();
        snapshot.Dispose();
    }
}
