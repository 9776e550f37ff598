using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query;

/// <summary>A connection to a database that can read the predictions folder and nothing else: in this process, or in one of its own. One thread at a time.</summary>
public abstract class SqlConnection : IDisposable
{
    internal const string BeginTransaction = "BEGIN TRANSACTION READ ONLY";

    private protected SqlConnection()
    {
    }

    /// <summary>Runs one or several statements to their end and drops their rows; of several none takes parameters.</summary>
    /// <param name="parameters">For <c>$1</c>, <c>$2</c>, …; see <see cref="DuckDbStatement.Bind"/>.</param>
    /// <exception cref="DuckDbException">The statement failed.</exception>
    /// <exception cref="Fairlead.Domain.Problems.FairleadException">Exhausted or Failed: the process that computed it was ended.</exception>
    public abstract void Execute(string sql, CancellationToken cancellationToken = default, params IReadOnlyList<object?> parameters);

    /// <summary>Runs one statement and streams its rows.</summary>
    /// <inheritdoc cref="Execute"/>
    public abstract SqlRows Query(string sql, CancellationToken cancellationToken = default, params IReadOnlyList<object?> parameters);

    /// <summary>The value of the first column of the first row; null when there is no row.</summary>
    /// <inheritdoc cref="Execute"/>
    public object? Scalar(string sql, CancellationToken cancellationToken = default, params IReadOnlyList<object?> parameters)
    {
        using var rows = Query(sql, cancellationToken, parameters);
        return rows.Read(cancellationToken) ? rows.Value(0) : null;
    }

    public abstract void Dispose();

    /// <inheritdoc cref="SqlGuard.Check(DuckDbConnection, string, bool)"/>
    internal abstract ReadPlan Check(string sql, CancellationToken cancellationToken);

    /// <inheritdoc cref="SqlGuard.Plain"/>
    internal abstract string Plain(string sql, CancellationToken cancellationToken);

    /// <summary>Binds a statement to what it reads, without running it.</summary>
    /// <exception cref="DuckDbException">It cannot be run.</exception>
    internal abstract void Prepare(string sql, CancellationToken cancellationToken);

    /// <summary>Makes views, of which the connection has none, and begins a transaction that reads.</summary>
    /// <param name="statements">Those that make them; they depend on nothing but one another.</param>
    internal virtual void BeginReading(IReadOnlyList<string> statements, CancellationToken cancellationToken) =>
        Execute(string.Join(";\n", [.. statements, BeginTransaction]), cancellationToken);

    /// <summary>What it was has ended; nothing can be asked on it any more.</summary>
    internal virtual bool IsLost => false;

    /// <summary>A folder in which <c>COPY</c> may write; what is left in it goes away.</summary>
    internal abstract string Scratch { get; }
}
