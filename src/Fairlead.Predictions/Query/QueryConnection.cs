using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query;

/// <summary>A connection to the query database, given back by disposing.</summary>
internal sealed class QueryConnection(DuckDbConnection connection, Action giveBack) : IDisposable
{
    private Action? giveBack = giveBack;

    public DuckDbConnection Connection => connection;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref giveBack, null) is not { } give)
            return;
        connection.Dispose();
        give();
    }
}
