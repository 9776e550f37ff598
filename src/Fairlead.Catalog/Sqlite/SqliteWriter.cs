using System.Diagnostics;
using System.Threading.Channels;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Fairlead.Catalog.Sqlite;

/// <summary>
/// The one writer. Whatever waits when a transaction begins shares it and its flush, up to <see cref="LargestGroup"/>;
/// each write is a savepoint of its own, so that one that fails leaves no trace and spoils no other.
/// </summary>
internal sealed class SqliteWriter : IAsyncDisposable
{
    public const int LargestGroup = 256;

    /// <summary>Pages of the write-ahead log after which they move into the file.</summary>
    public const int LargestLog = 1000;
    private const int LongestQueue = 8192;

    private readonly Channel<PendingWrite> queue = Channel.CreateBounded<PendingWrite>(new BoundedChannelOptions(LongestQueue) { SingleReader = true });
    private readonly SqliteConnection connection;
    private readonly string path;
    private readonly Action<SqliteConnection> committed;
    private readonly Task loop;
    private int pages;

    /// <param name="committed">Called after each transaction that changed anything, before those who wait for it go on.</param>
    public SqliteWriter(SqliteConnection connection, string path, Action<SqliteConnection> committed)
    {
        this.connection = connection;
        this.path = path;
        this.committed = committed;
        raw.sqlite3_wal_autocheckpoint(connection.Handle, 0);
        loop = Task.Run(LoopAsync);
    }

    /// <summary>Runs the work inside a transaction; the task completes when it is on the disk.</summary>
    public async Task<T> WriteAsync<T>(Func<SqliteConnection, T> work, CancellationToken cancellationToken)
    {
        var write = new PendingWrite<T>(work, cancellationToken);
        try
        {
            await queue.Writer.WriteAsync(write, cancellationToken).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            throw new ObjectDisposedException(nameof(SqliteCatalog));
        }

        return await write.Done.ConfigureAwait(false);
    }

    /// <summary>Finishes what was queued.</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop.ConfigureAwait(false);
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task LoopAsync()
    {
        var group = new List<PendingWrite>(LargestGroup);
        while (await queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (group.Count < LargestGroup && queue.Reader.TryRead(out var write))
                group.Add(write);
            try
            {
                Commit(group);
            }
            catch (Exception e)
            {
                WriterMetrics.Failures.Add(1);

                // Nothing of the group is on the disk. Whoever has an answer already keeps it: completing twice does nothing.
                Undo();
                var problem = SqliteProblems.Translate(e, path) ?? e;
                group.ForEach(write => write.Fail(problem));
            }

            group.Clear();
            TidyUp();
        }
    }

    /// <summary>
    /// Moves what the write-ahead log holds into the file, with three flushes. SQLite would do it inside a commit, which is on the disk already: whoever waits for that is
    /// told first.
    /// </summary>
    private void TidyUp()
    {
        raw.sqlite3_db_status(connection.Handle, raw.SQLITE_DBSTATUS_CACHE_WRITE, out var written, out _, resetFlg: 1);
        pages += written;
        if (pages < LargestLog)
            return;
        // Readers of older pages hold the rest back, and a full disk all of it: then the next commit tries again.
        if (raw.sqlite3_wal_checkpoint_v2(connection.Handle, null, raw.SQLITE_CHECKPOINT_PASSIVE, out var logged, out var moved) == raw.SQLITE_OK && moved == logged)
            pages = 0;
    }

    private void Commit(List<PendingWrite> group)
    {
        var began = Stopwatch.GetTimestamp();
        connection.Execute("begin immediate");
        var written = new List<PendingWrite>(group.Count);
        foreach (var write in group)
        {
            if (write.IsCancelled)
                write.Cancel();
            else if (TryExecute(write))
                written.Add(write);
        }

        connection.Execute("commit");
        WriterMetrics.Commit.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
        WriterMetrics.Writes.Add(written.Count);
        committed(connection);
        written.ForEach(write => write.Complete());
    }

    private bool TryExecute(PendingWrite write)
    {
        connection.Execute("savepoint one");
        try
        {
            write.Execute(connection);
        }
        catch (Exception e) when (IsInTransaction)
        {
            connection.Execute("rollback to one");
            connection.Execute("release one");
            write.Fail(SqliteProblems.Translate(e, path) ?? e);
            return false;
        }

        connection.Execute("release one");
        return true;
    }

    // A full disk makes SQLite end the whole transaction by itself.
    private bool IsInTransaction => raw.sqlite3_get_autocommit(connection.Handle) == 0;

    private void Undo()
    {
        try
        {
            if (IsInTransaction)
                connection.Execute("rollback");
        }
        catch (SqliteException)
        {
            // The group failed already and is told why; the next one finds out whether the file is usable again.
        }
    }
}
