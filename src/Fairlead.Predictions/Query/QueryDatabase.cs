using Fairlead.Domain.Projects;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;

namespace Fairlead.Predictions.Query;

/// <summary>
/// The database that queries run in: in memory, able to read the predictions folder and nothing else, its settings locked.
/// Opened by the first query and closed when none has run for a while, so that an idle control plane stays small.
/// </summary>
internal sealed class QueryDatabase : IDisposable
{
    public static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(30);

    /// <summary>Of what does not fit into the memory, of all queries together.</summary>
    private const string LargestSpill = "4GB";
    private readonly Lock gate = new();
    private readonly StateFolder folder;
    private readonly string memoryLimit;
    private readonly ITimer idle;
    private DuckDbDatabase? database;
    private int users;
    private bool disposed;

    public QueryDatabase(StateFolder folder, TimeProvider time, Action released, string memoryLimit = "1GB")
    {
        this.folder = folder;
        this.memoryLimit = memoryLimit;
        idle = time.CreateTimer(
            _ =>
            {
                if (ReleaseWhenIdle())
                    released();
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    public bool IsOpen
    {
        get
        {
            lock (gate)
                return database is not null;
        }
    }

    /// <summary>A connection of the caller's own; views and transactions on it are seen by nobody else.</summary>
    public QueryConnection Connect()
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            database ??= Open();
            var connection = database.Connect();
            users++;
            return new QueryConnection(connection, Return);
        }
    }

    public void Dispose()
    {
        idle.Dispose();
        lock (gate)
        {
            disposed = true;
            database?.Dispose();
            database = null;
        }
    }

    private DuckDbDatabase Open()
    {
        Directory.CreateDirectory(folder.Predictions);
        var opened = DuckDbDatabase.OpenInMemory(new Dictionary<string, string>
        {
            ["threads"] = "2",
            ["memory_limit"] = memoryLimit,
            ["temp_directory"] = Path.Combine(folder.Predictions, PredictionLayout.Spill),
        });
        try
        {
            using var connection = opened.Connect();
            connection.Execute(
                $"""
                SET GLOBAL TimeZone = 'UTC';
                -- Reading the footers of thousands of files anew for every query would cost more than most queries.
                SET GLOBAL parquet_metadata_cache = true;
                -- What is nested deeper can take minutes to bind, which cannot be interrupted.
                SET GLOBAL max_expression_depth = 200;
                SET GLOBAL max_temp_directory_size = '{LargestSpill}';
                SET GLOBAL allow_community_extensions = false;
                SET GLOBAL allow_persistent_secrets = false;
                SET GLOBAL allowed_directories = {DuckDbText.List([folder.Predictions + Path.DirectorySeparatorChar])};
                SET GLOBAL enable_external_access = false;
                SET GLOBAL lock_configuration = true;
                """);
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    private void Return()
    {
        lock (gate)
        {
            if (--users == 0 && !disposed)
                idle.Change(IdleTime, Timeout.InfiniteTimeSpan);
        }
    }

    private bool ReleaseWhenIdle()
    {
        lock (gate)
        {
            if (users > 0 || database is null)
                return false;
            database.Dispose();
            database = null;
            return true;
        }
    }
}
