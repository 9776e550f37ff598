using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query.Workers;

/// <summary>
/// What a worker keeps: a database, which stays as long as its memory does, and a connection for each session. A connection on which nothing was done but to make views and to read
/// them serves the next session too, which often reads the same.
/// </summary>
internal sealed class WorkerSession(string predictions, string scratch, FramePipe pipe) : IDisposable
{
    /// <summary>Rows are sent when there are that many bytes of them, and at the end of each chunk.</summary>
    private const int BatchBytes = 64 << 10;
    private readonly ValueWriter answer = new(ValueWriter.LargestRow);
    private DuckDbDatabase? database;
    private WorkerConnection? connection;
    private WorkerConnection? spare;
    private DuckDbConnection? parsing;
    private SqlParser? parser;
    private long memory;

    private DuckDbConnection Connection => Session.Connection;

    private DuckDbDatabase Database => database ?? throw new InvalidOperationException("There is no session.");

    /// <summary>On a connection of its own, which stays.</summary>
    private SqlParser Parser => parser ??= new SqlParser(parsing = Database.Connect());

    private WorkerConnection Session => connection ?? throw new InvalidOperationException("There is no session.");

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
            connection?.Touch();
            answer.Clear();
            WorkerFailure.Write(answer, e);
            pipe.Write(FrameKind.Failure, answer.Written);
        }
    }

    public void Dispose()
    {
        connection?.Dispose();
        Close();
    }

    private void Do(WorkerRequest request, CancellationToken cancellationToken)
    {
        switch (request.Operation)
        {
            case WorkerOperation.Begin:
                Begin((long)request.Values[0]!);
                break;
            case WorkerOperation.End:
                End();
                break;
            case WorkerOperation.Check:
                WritePlan(SqlGuard.Check(Parser, request.Text, isBounded: true));
                break;
            case WorkerOperation.Plain:
                answer.Write(SqlGuard.Plain(Parser, request.Text));
                break;
            case WorkerOperation.Views:
                BeginReading(request.Text, cancellationToken);
                break;
            case WorkerOperation.Prepare:
                Fresh().Run();
                Connection.Prepare(request.Text).Dispose();
                break;
            case WorkerOperation.Execute:
                Fresh().Touch();
                LocalSqlConnection.RunToEnd(Connection, request.Text, request.Values, cancellationToken);
                break;
            case WorkerOperation.Query:
                Fresh().Run();
                Query(request, cancellationToken);
                break;
            default:
                throw new InvalidOperationException($"There is no operation {request.Operation}.");
        }
    }

    private void Begin(long wanted)
    {
        End();
        if (memory != wanted)
            Close();
        database ??= SandboxedDatabase.Open(predictions, scratch, wanted);
        memory = wanted;
        connection = spare ?? new WorkerConnection(database.Connect());
        spare = null;
    }

    private void Close()
    {
        spare?.Dispose();
        spare = null;
        parser?.Dispose();
        parser = null;
        parsing?.Dispose();
        parsing = null;
        database?.Dispose();
        database = null;
    }

    private void End()
    {
        if (connection is { } ended && ended.TryEndReading())
            spare = ended;
        else
            connection?.Dispose();
        connection = null;
    }

    private void BeginReading(string views, CancellationToken cancellationToken)
    {
        if (!Session.CanHave(views))
            Renew();
        Session.BeginReading(views, cancellationToken);
    }

    /// <summary>The session's connection, without views that another one has left on it.</summary>
    private WorkerConnection Fresh()
    {
        if (Session.HasOldViews)
            Renew();
        return Session;
    }

    private void Renew()
    {
        connection?.Dispose();
        connection = new WorkerConnection(Database.Connect());
    }

    private void WritePlan(ReadPlan plan)
    {
        answer.Write(plan.ReadsTables);
        answer.Write(plan.Tables.ToArray<object?>());
        answer.Write(plan.Parameters.Values.ToArray<object?>());
        answer.Write(plan.Conditions.Select(condition => condition.Values()).ToArray<object?>());
        answer.Write(plan.Time is { } time ? new object?[] { time.First.Ticks, time.Last.Ticks } : []);
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
