using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query.Workers;

/// <summary>A connection of a worker, which knows whether it is as it was when it was opened, but for views.</summary>
internal sealed class WorkerConnection(DuckDbConnection connection) : IDisposable
{
    private string views = "";
    private bool isTouched;
    private bool isReading;

    public DuckDbConnection Connection => connection;

    /// <summary>It has views of a session that has ended.</summary>
    public bool HasOldViews => views.Length > 0 && !isReading;

    /// <summary>Says that something was done on it, or failed, that may be more than to read: it serves no other session.</summary>
    public void Touch() => isTouched = true;

    /// <summary>Says that a statement is run on it.</summary>
    public void Run() => isTouched |= !isReading;

    /// <summary>Whether it has these views, or can be given them.</summary>
    /// <param name="wanted">The statements that make them.</param>
    public bool CanHave(string wanted) => views.Length == 0 || views == wanted;

    /// <summary>Makes the views that it does not have yet, and begins a transaction that reads.</summary>
    /// <inheritdoc cref="CanHave"/>
    public void BeginReading(string wanted, CancellationToken cancellationToken)
    {
        if (views != wanted)
            connection.Execute(wanted, cancellationToken);
        views = wanted;
        connection.Execute(SqlConnection.BeginTransaction, cancellationToken);
        isReading = true;
    }

    /// <summary>Ends the transaction, so that the next session finds nothing but views; false when it could find more.</summary>
    public bool TryEndReading()
    {
        if (isTouched)
            return false;
        try
        {
            if (isReading)
                connection.Execute("ROLLBACK");
            isReading = false;
            return true;
        }
        catch (DuckDbException)
        {
            return false;
        }
    }

    public void Dispose() => connection.Dispose();
}
