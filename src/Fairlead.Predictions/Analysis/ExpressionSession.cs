using Fairlead.Domain.Problems;
using Fairlead.Predictions.Query;

namespace Fairlead.Predictions.Analysis;

/// <summary>
/// The views <c>predictions</c>, <c>outcomes</c>, <c>scored</c> and <c>unmatched</c> as they were when it was opened, for statements that hold expressions of users. They are
/// computed where queries are, so that an expression that takes too much ends there; the next one finds the session as if it were new, without the tables that were made.
/// </summary>
public sealed class ExpressionSession : IDisposable
{
    private readonly PredictionStore store;
    private readonly PredictionSnapshot snapshot;
    private SqlConnection? connection;

    internal ExpressionSession(PredictionStore store, PredictionSnapshot snapshot)
    {
        this.store = store;
        this.snapshot = snapshot;
    }

    /// <summary>Not safe for several threads at once. It may make tables of its own, and can read nothing but the views.</summary>
    /// <exception cref="FairleadException">Unavailable: what computes queries does not start.</exception>
    public SqlConnection Connection => connection is { IsLost: false } ? connection : Open(CancellationToken.None);

    /// <summary>Checks an expression that a user wrote, before it becomes part of a statement.</summary>
    /// <param name="expression">One SQL expression, such as that of a KPI; it may hold subqueries over the views and nothing that reaches outside.</param>
    /// <exception cref="FairleadException">Invalid, with DuckDB's message.</exception>
    public void CheckExpression(string expression)
    {
        var plan = Connection.Check($"select ({expression}\n)", CancellationToken.None);
        // Tables that are made beside the views are not for users.
        if (plan.Tables.FirstOrDefault(name => !PredictionViews.Names.Contains(name)) is { } table)
            throw FairleadException.Invalid($"The expression reads '{table}'; it may read predictions, outcomes, scored and unmatched.");
    }

    public void Dispose()
    {
        connection?.Dispose();
        snapshot.Dispose();
    }

    internal SqlConnection Open(CancellationToken cancellationToken)
    {
        connection?.Dispose();
        connection = null;
        var opened = store.Connect(isAlone: false, cancellationToken);
        try
        {
            store.CreateViews(opened, snapshot, PredictionViews.Names, cancellationToken);
            connection = opened;
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }
}
