using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query.Workers;

/// <summary>What a worker keeps: a database, which stays as long as its memory does, and a connection for each session.</summary>
internal sealed class WorkerSession(string predictions, string scratch, FramePipe pipe) : IDisposable
{
    /// <summary>Rows are sent when there are that many bytes of them, and at the end of each chunk.</summary>
    private const int BatchBytes = 64 << 10;
    private readonly ValueWriter answer = new(ValueWriter.LargestRow);
    private DuckDbDatabase? database;
    private DuckDbConnection? connection;
    private long memory;

    private DuckDbConnection Connection => connection ?? throw new InvalidOperationException("There is no session.");

    /// <summary>Does what is asked for and sends the answer.</summary>
    public void Answer(WorkerRequest request, CancellationToken cancellationToken)
    {
        try
        {
            answer.Clear();
            Do(request, cancellationToken);
            pipe.Write(FrameKind.Done, answer.Written);
        }
        catch (Exception e)
        {
            answer.Clear();
            WorkerFailure.Write(answer, e);
            pipe.Write(FrameKind.Failure, answer.Written);
        }
    }

    public void Dispose()
    {
        connection?.Dispose();
        database?.Dispose();
    }

    private void Do(WorkerRequest request, CancellationToken cancellationToken)
    {
        switch (request.Operation)
        {
            case WorkerOperation.Begin:
                Begin((long)request.Values[0]!);
                break;
            case WorkerOperation.End:
                connection?.Dispose();
                connection = null;
                break;
            case WorkerOperation.Check:
                WritePlan(SqlGuard.Check(Connection, request.Text, isBounded: true));
                break;
            case WorkerOperation.Plain:
                answer.Write(SqlGuard.Plain(Connection, request.Text));
                break;
            case WorkerOperation.Prepare:
                Connection.Prepare(request.Text).Dispose();
                break;
            case WorkerOperation.Execute:
                LocalSqlConnection.RunToEnd(Connection, request.Text, request.Values, cancellationToken);
                break;
            case WorkerOperation.Query:
                Query(request, cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"There is no operation {request.Operation}.");
        }
    }

    private void Begin(long wanted)
    {
        connection?.Dispose();
        connection = null;
        if (memory != wanted)
        {
            database?.Dispose();
            database = null;
        }

        database ??= SandboxedDatabase.Open(predictions, scratch, wanted);
        memory = wanted;
        connection = database.Connect();
    }

    private void WritePlan(ReadPlan plan)
    {
        answer.Write(plan.ReadsTables);
        answer.Write(plan.Tables.ToArray<object?>());
        answer.Write(plan.Parameters.Values.ToArray<object?>());
    }

    private void Query(WorkerRequest request, CancellationToken cancellationToken)
    {
        using var result = Connection.Query(request.Text, cancellationToken, [.. request.Values]);
        foreach (var column in result.Columns)
        {
            answer.Write(column.Name);
            answer.Write(column.Type.ToString());
        }

        Send(FrameKind.Columns);
        while (result.TryReadChunk(cancellationToken))
        {
            for (var row = 0; row < result.ChunkRows; row++)
            {
                answer.BeginRow();
                for (var i = 0; i < result.Columns.Count; i++)
                    answer.Write(result.Column(i), row);
                if (answer.Count >= BatchBytes)
                    Send(FrameKind.Rows);
            }

            cancellationToken.ThrowIfCancellationRequested();
            Send(FrameKind.Rows);
        }
    }

    private void Send(FrameKind kind)
    {
        if (answer.Count > 0 || kind == FrameKind.Columns)
            pipe.Write(kind, answer.Written);
        answer.Clear();
    }
}
