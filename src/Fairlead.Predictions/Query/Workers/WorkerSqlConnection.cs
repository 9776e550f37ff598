namespace Fairlead.Predictions.Query.Workers;

/// <summary>A session of a worker, which goes back to where it came from.</summary>
internal sealed class WorkerSqlConnection(QueryWorker worker, Action<QueryWorker> giveBack) : SqlConnection
{
    private bool disposed;

    internal override bool IsLost => worker.IsLost;

    internal override string Scratch => worker.Scratch;

    public override void Execute(string sql, CancellationToken cancellationToken = default, params IReadOnlyList<object?> parameters) =>
        worker.Call(WorkerOperation.Execute, sql, parameters, cancellationToken);

    public override SqlRows Query(string sql, CancellationToken cancellationToken = default, params IReadOnlyList<object?> parameters)
    {
        worker.Send(WorkerOperation.Query, sql, parameters, cancellationToken);
        return new WorkerSqlRows(worker, cancellationToken);
    }

    public override void Dispose()
    {
        if (disposed)
            return;
        disposed = true;
        try
        {
            worker.Drain();
            if (!worker.IsLost)
                worker.End();
        }
        finally
        {
            giveBack(worker);
        }
    }

    internal override ReadPlan Check(string sql, CancellationToken cancellationToken)
    {
        var answer = worker.Call(WorkerOperation.Check, sql, [], cancellationToken);
        var conditions = ((object?[])answer[3]!).Select(condition => RowCondition.Of((object?[])condition!));
        StatementTime? time = (object?[])answer[4]! is [long first, long last] ? new StatementTime(new DateTime(first, DateTimeKind.Utc), new DateTime(last, DateTimeKind.Utc)) : null;
        return ReadPlan.Of(((object?[])answer[1]!).Cast<string>(), [.. ((object?[])answer[2]!).Cast<string>()], (bool)answer[0]!, [.. conditions], time);
    }

    internal override string Plain(string sql, CancellationToken cancellationToken) => (string)worker.Call(WorkerOperation.Plain, sql, [], cancellationToken)[0]!;

    internal override void BeginReading(IReadOnlyList<string> statements, CancellationToken cancellationToken) =>
        worker.Call(WorkerOperation.Views, string.Join(";\n", statements), [], cancellationToken);

    internal override void Prepare(string sql, CancellationToken cancellationToken) => worker.Call(WorkerOperation.Prepare, sql, [], cancellationToken);
}
