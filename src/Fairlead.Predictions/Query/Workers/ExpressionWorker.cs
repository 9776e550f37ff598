using Fairlead.Domain.Problems;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query.Workers;

/// <summary>Computes users' expressions over data that is given with them, where users' queries are computed: what takes too much ends there, alone.</summary>
public sealed class ExpressionWorker(QueryWorkers workers) : IDisposable
{
    /// <summary>Processes at a time, besides those of queries.</summary>
    private const int MostAtOnce = 2;

    private readonly SemaphoreSlim turns = new(MostAtOnce);

    /// <summary>Runs one statement that reads nothing but its parameters.</summary>
    /// <param name="patience">For the statement itself; waiting for a turn does not count.</param>
    /// <returns>The first column of each row.</returns>
    /// <exception cref="DuckDbException">It failed.</exception>
    /// <exception cref="FairleadException">Invalid: it is none that may run; Exhausted: it took more memory than it may; Unavailable: no process starts.</exception>
    /// <exception cref="OperationCanceledException">It took longer than that, or was cancelled.</exception>
    public IReadOnlyList<object?> Compute(string sql, IReadOnlyList<object?> parameters, TimeSpan patience, TimeProvider time, CancellationToken cancellationToken)
    {
        turns.Wait(cancellationToken);
        try
        {
            using var limit = new CancellationTokenSource(patience, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
            using var connection = workers.Connect(isAlone: false, either.Token);
            connection.Check(sql, either.Token);
            using var rows = connection.Query(sql, either.Token, parameters);
            var values = new List<object?>();
            while (rows.Read(either.Token))
                values.Add(rows.Value(0));
            return values;
        }
        finally
        {
            turns.Release();
        }
    }

    public void Dispose() => turns.Dispose();
}
