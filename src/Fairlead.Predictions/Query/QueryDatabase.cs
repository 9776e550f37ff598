using Fairlead.Domain.Projects;
using Fairlead.DuckDb;
using Fairlead.Predictions.Compaction;

namespace Fairlead.Predictions.Query;

/// <summary>
/// This process's own database over the predictions folder (<see cref="SandboxedDatabase"/>), for statements of this program; those of users run in
/// it only where there are no workers. Opened by the first query. When none has run for a while another takes its place, which holds nothing of what was read: an idle control plane stays small,
/// and whoever asks next does not wait until a database is open.
/// </summary>
internal sealed class QueryDatabase : IDisposable
{
    public static readonly TimeSpan IdleTime = TimeSpan.FromSeconds(30);

    private const long DefaultMemory = 1L << 30;
    private readonly Lock gate = new();
    private readonly StateFolder folder;
    private readonly long memory;
    private readonly ITimer idle;
    private DuckDbDatabase? database;
    private int users;
    private bool isUsed;
    private bool disposed;

    public QueryDatabase(StateFolder folder, TimeProvider time, Action released, long memory = DefaultMemory)
    {
        this.folder = folder;
        this.memory = memory;
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

    /// <summary>It is open, and nothing has been read by it.</summary>
    public bool IsFresh
    {
        get
        {
            lock (gate)
                return database is not null && !isUsed;
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
            isUsed = true;
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
        return SandboxedDatabase.Open(folder.Predictions, Path.Combine(folder.Predictions, PredictionLayout.Spill), memory);
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
            if (users > 0 || database is null || !isUsed || disposed)
                return false;
            database.Dispose();
            database = null;
            isUsed = false;
            database = Open();
            return true;
        }
    }
}
