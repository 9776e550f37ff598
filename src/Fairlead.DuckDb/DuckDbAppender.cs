using Fairlead.DuckDb.Native;

namespace Fairlead.DuckDb;

/// <summary>
/// Appends rows to a table by chunks, the fastest way in. For each row write one value into every column, then call <see cref="EndRow"/>;
/// <see cref="Complete"/> makes the rows visible. Disposing without it drops what was not flushed.
/// </summary>
public sealed class DuckDbAppender : IDisposable
{
    private readonly int capacity = (int)NativeMethods.VectorSize();
    private readonly DuckDbColumnWriter[] columns;
    private readonly ConnectionHandle connection;
    private nint appender;
    private nint chunk;
    private int rows;

    internal DuckDbAppender(ConnectionHandle connection, string table)
    {
        this.connection = connection;
        var state = NativeMethods.CreateAppender(connection, null, table, out appender);
        if (state != 0)
        {
            var message = NativeText.Borrow(NativeMethods.AppenderError(appender)) ?? $"There is no table '{table}' to append to.";
            _ = NativeMethods.DestroyAppender(ref appender);
            throw new DuckDbException(message, DuckDbErrorKind.Catalog);
        }

        var referenced = false;
        connection.DangerousAddRef(ref referenced);
        columns = CreateChunk();
        Attach();
    }

    public IReadOnlyList<DuckDbColumnWriter> Columns => columns;

    /// <summary>The writer of a column, by its position in the table.</summary>
    public DuckDbColumnWriter this[int column] => columns[column];

    /// <exception cref="InvalidOperationException">A column was not written, or written twice.</exception>
    public void EndRow()
    {
        rows++;
        foreach (var column in columns)
        {
            if (column.Count != rows)
                throw new InvalidOperationException($"Row {rows} of the chunk is incomplete: a column of type {column.Type} has {column.Count} values.");
        }

        if (rows == capacity)
            Flush();
    }

    /// <summary>Appends what is left; all rows are in the table then.</summary>
    public void Complete()
    {
        Flush();
        Check(NativeMethods.FlushAppender(appender));
    }

    public void Dispose()
    {
        if (appender == 0)
            return;
        // Destroying flushes; what was not completed shall not appear.
        _ = NativeMethods.ClearAppender(appender);
        NativeMethods.DestroyDataChunk(ref chunk);
        _ = NativeMethods.DestroyAppender(ref appender);
        connection.DangerousRelease();
    }

    private unsafe DuckDbColumnWriter[] CreateChunk()
    {
        var types = new nint[NativeMethods.AppenderColumnCount(appender)];
        for (var i = 0; i < types.Length; i++)
            types[i] = NativeMethods.AppenderColumnType(appender, (ulong)i);
        fixed (nint* start = types)
            chunk = NativeMethods.CreateDataChunk(start, (ulong)types.Length);
        return Array.ConvertAll(types, type => new DuckDbColumnWriter(DuckDbType.Take(type)));
    }

    private void Attach()
    {
        for (var i = 0; i < columns.Length; i++)
            columns[i].Begin(NativeMethods.ChunkVector(chunk, (ulong)i), capacity);
    }

    private void Flush()
    {
        if (rows == 0)
            return;
        foreach (var column in columns)
            column.End();
        NativeMethods.SetChunkSize(chunk, (ulong)rows);
        Check(NativeMethods.AppendDataChunk(appender, chunk));
        NativeMethods.ResetDataChunk(chunk);
        rows = 0;
        Attach();
    }

    private void Check(int state)
    {
        if (state != 0)
            throw new DuckDbException(NativeText.Borrow(NativeMethods.AppenderError(appender)) ?? "The rows were not appended.");
    }
}
