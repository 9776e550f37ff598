namespace Fairlead.Predictions.Query;

/// <summary>The rows of a statement, streamed in batches: row by row (<see cref="Read"/>) or a batch at a time (<see cref="ReadBatch"/>).</summary>
public abstract class SqlRows : IDisposable
{
    private int row;

    private protected SqlRows()
    {
    }

    public abstract IReadOnlyList<QueryColumn> Columns { get; }

    /// <summary>Rows of the present batch.</summary>
    public abstract int BatchRows { get; }

    /// <summary>Fetches the next batch, in place of the last one.</summary>
    /// <exception cref="DuckDb.DuckDbException">The statement failed on its way.</exception>
    /// <exception cref="NotSupportedException">A value has a type that cannot be read.</exception>
    public abstract bool ReadBatch(CancellationToken cancellationToken);

    /// <summary>A value of the present batch, as <see cref="DuckDb.DuckDbColumn.Value"/> has it.</summary>
    public abstract object? Value(int row, int column);

    /// <summary>Moves to the next row.</summary>
    public bool Read(CancellationToken cancellationToken = default)
    {
        if (++row < BatchRows)
            return true;
        row = 0;
        return ReadBatch(cancellationToken);
    }

    /// <summary>The value of a column in the present row.</summary>
    public object? Value(int column) => Value(row, column);

    public abstract void Dispose();
}
