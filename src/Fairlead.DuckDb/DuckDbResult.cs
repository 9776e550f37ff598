using Fairlead.DuckDb.Native;

namespace Fairlead.DuckDb;

/// <summary>The rows of a statement, streamed in chunks: either row by row (<see cref="Read"/>) or by columns (<see cref="TryReadChunk"/>).</summary>
public sealed class DuckDbResult : IDisposable
{
    private readonly DuckDbConnection connection;
    private readonly DuckDbStatement? statement;
    private readonly DuckDbField[] columns;
    private readonly DuckDbColumn[] vectors;
    private NativeResult result;
    private nint chunk;
    private int row;
    private bool disposed;

    internal DuckDbResult(DuckDbConnection connection, NativeResult result, DuckDbStatement? statement)
    {
        this.connection = connection;
        this.result = result;
        this.statement = statement;
        columns = new DuckDbField[NativeMethods.ColumnCount(ref this.result)];
        for (var i = 0; i < columns.Length; i++)
        {
            var name = NativeText.Borrow(NativeMethods.ColumnName(ref this.result, (ulong)i)) ?? "";
            columns[i] = new DuckDbField(name, DuckDbType.Take(NativeMethods.ColumnLogicalType(ref this.result, (ulong)i)));
        }

        vectors = new DuckDbColumn[columns.Length];
    }

    public IReadOnlyList<DuckDbField> Columns => columns;

    /// <summary>Rows of the present chunk.</summary>
    public int ChunkRows { get; private set; }

    /// <summary>Fetches the next chunk; what the columns of the last one handed out becomes invalid.</summary>
    /// <exception cref="DuckDbException">The statement failed on its way.</exception>
    public bool TryReadChunk(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        ReleaseChunk();
        using (connection.InterruptOn(cancellationToken))
            chunk = NativeMethods.FetchChunk(result);
        if (chunk == 0)
            return NativeMethods.ResultError(ref result) == 0 ? false : throw DuckDbConnection.Failure(ref result, cancellationToken);
        ChunkRows = (int)NativeMethods.ChunkSize(chunk);
        for (var i = 0; i < columns.Length; i++)
            vectors[i] = DuckDbColumn.Attach(columns[i].Type, NativeMethods.ChunkVector(chunk, (ulong)i), ChunkRows);
        return ChunkRows > 0 || TryReadChunk(cancellationToken);
    }

    /// <summary>A column of the present chunk.</summary>
    public DuckDbColumn Column(int index) => chunk == 0 ? throw new InvalidOperationException("There is no chunk to read from.") : vectors[index];

    /// <summary>Moves to the next row.</summary>
    public bool Read(CancellationToken cancellationToken = default)
    {
        if (++row < ChunkRows)
            return true;
        row = 0;
        return TryReadChunk(cancellationToken);
    }

    /// <summary>The value of a column in the present row; see <see cref="DuckDbColumn.Value"/>.</summary>
    public object? Value(int column) => Column(column).Value(row);

    public void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        ReleaseChunk();
        NativeMethods.DestroyResult(ref result);
        statement?.Dispose();
    }

    private void ReleaseChunk()
    {
        ChunkRows = 0;
        if (chunk != 0)
            NativeMethods.DestroyDataChunk(ref chunk);
    }
}
