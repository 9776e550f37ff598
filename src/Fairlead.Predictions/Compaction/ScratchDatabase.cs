using Fairlead.Domain.Projects;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Compaction;

/// <summary>A database in memory through which rows are written; opened when it is first needed. One thread at a time.</summary>
internal sealed class ScratchDatabase(StateFolder folder) : IDisposable
{
    private readonly Dictionary<string, RowFunction> functions = new(StringComparer.Ordinal);
    private DuckDbDatabase? database;
    private DuckDbConnection? connection;

    public DuckDbConnection Connection
    {
        get
        {
            if (connection is not null)
                return connection;
            database = DuckDbDatabase.OpenInMemory(new Dictionary<string, string>
            {
                ["threads"] = "1",
                ["memory_limit"] = "1GB",
                // Without it, what does not fit would go to a folder below wherever the process was started.
                ["temp_directory"] = Path.Combine(folder.Predictions, PredictionLayout.Spill),
            });
            connection = database.Connect();
            connection.Execute("SET TimeZone = 'UTC'");
            return connection;
        }
    }

    /// <summary>Gives statements rows of that type, a struct.</summary>
    public RowFunction RowsOf(string type)
    {
        if (!functions.TryGetValue(type, out var function))
            functions[type] = function = RowFunction.Register(Connection, $"rows{functions.Count}", type);
        return function;
    }

    public void Dispose()
    {
        functions.Clear();
        connection?.Dispose();
        database?.Dispose();
        connection = null;
        database = null;
    }
}
