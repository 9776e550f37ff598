using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query;

/// <summary>Rows that are read where they were computed.</summary>
internal sealed class LocalSqlRows(DuckDbResult result) : SqlRows
{
    public override IReadOnlyList<QueryColumn> Columns { get; } = [.. result.Columns.Select(column => new QueryColumn(column.Name, column.Type.ToString()))];

    public override int BatchRows => result.ChunkRows;

    public override bool ReadBatch(CancellationToken cancellationToken) => result.TryReadChunk(cancellationToken);

    public override object? Value(int row, int column) => result.Column(column).Value(row);

    public override void Dispose() => result.Dispose();
}
