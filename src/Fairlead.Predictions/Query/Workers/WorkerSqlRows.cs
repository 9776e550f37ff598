namespace Fairlead.Predictions.Query.Workers;

/// <summary>Rows as a worker sends them.</summary>
internal sealed class WorkerSqlRows : SqlRows
{
    private readonly QueryWorker worker;
    private readonly List<object?[]> rows = [];
    private bool isAtEnd;

    public WorkerSqlRows(QueryWorker worker, CancellationToken cancellationToken)
    {
        this.worker = worker;
        var kind = worker.Receive(out var payload, cancellationToken);
        Columns = kind == FrameKind.Columns ? ReadColumns(payload) : throw worker.Misunderstood(kind, cancellationToken);
    }

    public override IReadOnlyList<QueryColumn> Columns { get; }

    public override int BatchRows => rows.Count;

    public override bool ReadBatch(CancellationToken cancellationToken)
    {
        rows.Clear();
        if (isAtEnd)
            return false;
        try
        {
            var kind = worker.Receive(out var payload, cancellationToken);
            isAtEnd = kind == FrameKind.Done;
            if (isAtEnd)
                return false;
            ReadRows(kind == FrameKind.Rows ? payload : throw worker.Misunderstood(kind, cancellationToken));
            return true;
        }
        catch
        {
            isAtEnd = !worker.IsBusy;
            throw;
        }
    }

    public override object? Value(int row, int column) => rows[row][column];

    public override void Dispose()
    {
        if (!isAtEnd)
            worker.Drain();
        isAtEnd = true;
    }

    private static QueryColumn[] ReadColumns(ReadOnlySpan<byte> payload)
    {
        var columns = new List<QueryColumn>();
        var reader = new ValueReader(payload);
        while (!reader.IsAtEnd)
            columns.Add(new QueryColumn((string)reader.Read()!, (string)reader.Read()!));
        return [.. columns];
    }

    private void ReadRows(ReadOnlySpan<byte> payload)
    {
        var reader = new ValueReader(payload);
        while (!reader.IsAtEnd)
        {
            var row = new object?[Columns.Count];
            for (var i = 0; i < row.Length; i++)
                row[i] = reader.Read();
            rows.Add(row);
        }
    }
}
