using Fairlead.Domain.Problems;
using Fairlead.DuckDb;

namespace Fairlead.Inference.Chains;

/// <summary>
/// A transform made ready on a connection of its own. A single row is given by parameters where that is possible; others are appended in a
/// transaction that is rolled back afterwards, so that nothing of one request is left for the next. One thread at a time.
/// </summary>
internal sealed class TransformRunner : IDisposable
{
    /// <summary>So long a transform may take for one request.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);
    private readonly PlannedStage stage;
    private readonly TimeProvider time;
    private readonly DuckDbConnection connection;
    private readonly DuckDbStatement begin;
    private readonly DuckDbStatement select;
    private readonly DuckDbStatement rollback;
    private readonly SingleRow? single;
    private readonly ResultReader[] readers;

    public TransformRunner(TransformDatabase database, PlannedStage stage, TimeProvider time)
    {
        this.stage = stage;
        this.time = time;
        connection = database.Open(stage.Table, stage.Sql!);
        try
        {
            begin = connection.Prepare("BEGIN");
            rollback = connection.Prepare("ROLLBACK");
            // A table with rows that are not committed is planned for without a guess at its values; an empty one is taken for empty.
            connection.Execute($"BEGIN; INSERT INTO {TransformSql.Table} (\"{TransformSql.Row}\") VALUES (0)");
            select = connection.Prepare(TransformSql.Select(stage));
            connection.Execute("ROLLBACK");
            single = SingleRow.TryPrepare(connection, stage);
        }
        catch
        {
            connection.Dispose();
            throw;
        }

        readers = [.. stage.Emissions.Select(emission => new ResultReader(emission, stage.Label))];
    }

    /// <param name="slots">The chain's tensors, read and written.</param>
    /// <exception cref="FairleadException">Failed: the transform fails on these rows, gives others, or takes too long; Invalid: a string is no text.</exception>
    public void Run(GrowableBuffer[] slots, int rows)
    {
        using var timeout = new CancellationTokenSource(Timeout, time);
        try
        {
            if (rows == 1 && single is not null && single.TryBind(slots))
                Read(single.Statement, rows, timeout.Token);
            else
                RunOverTable(slots, rows, timeout.Token);
        }
        catch (OperationCanceledException e)
        {
            throw new FairleadException(ProblemKind.Failed, $"The {stage.Label} did not end within {Timeout.TotalSeconds:0} s; make it simpler.", e);
        }
        catch (DuckDbException e)
        {
            throw new FairleadException(ProblemKind.Failed, $"The {stage.Label} failed: {TransformSql.Reason(e)}", e);
        }

        for (var i = 0; i < readers.Length; i++)
            readers[i].WriteTo(slots[stage.Emissions[i].Slot]);
    }

    public void Dispose()
    {
        foreach (var reader in readers)
            reader.Clear();
        begin.Dispose();
        single?.Dispose();
        select.Dispose();
        rollback.Dispose();
        connection.Dispose();
    }

    private void RunOverTable(GrowableBuffer[] slots, int rows, CancellationToken cancellationToken)
    {
        begin.Execute(CancellationToken.None).Dispose();
        try
        {
            TableWriter.Write(connection, stage, slots, rows);
            Read(select, rows, cancellationToken);
        }
        finally
        {
            rollback.Execute(CancellationToken.None).Dispose();
        }
    }

    private void Read(DuckDbStatement statement, int rows, CancellationToken cancellationToken)
    {
        foreach (var reader in readers)
            reader.Clear();
        var first = stage.HasRow ? 1 : 0;
        var read = 0;
        using var result = statement.Execute(cancellationToken);
        while (result.TryReadChunk(cancellationToken))
        {
            if (stage.HasRow)
                CheckRows(result.Column(0), result.ChunkRows, read, rows);
            read += result.ChunkRows;
            if (read > rows)
                break;
            for (var i = 0; i < readers.Length; i++)
                readers[i].Add(result.Column(first + i), result.ChunkRows);
        }

        if (read != rows)
            throw FairleadException.Failed($"The {stage.Label} gives {(read > rows ? "more rows than" : $"{read} rows for")} {rows}; give exactly one for each row of '{TransformSql.Table}'.");
    }

    // In order already: each must be the next.
    private void CheckRows(DuckDbColumn column, int count, int read, int rows)
    {
        var numbers = column.Span<long>();
        for (var i = 0; i < count; i++)
        {
            if (column.IsNull(i) || numbers[i] != read + i || read + i >= rows)
                throw FairleadException.Failed($"The {stage.Label} gives the row '{(column.IsNull(i) ? "NULL" : numbers[i])}' where '{read + i}' of {rows} comes next; give exactly one for each row of '{TransformSql.Table}', with its '{TransformSql.Row}'.");
        }
    }
}
