using System.Runtime.CompilerServices;
using Fairlead.DuckDb.Native;

namespace Fairlead.DuckDb;

/// <summary>A connection: one statement at a time, one thread at a time. Cancellation interrupts the statement.</summary>
public sealed class DuckDbConnection : IDisposable
{
    private readonly ConnectionHandle handle;

    internal DuckDbConnection(DatabaseHandle database)
    {
        handle = new ConnectionHandle(database);
        if (handle.IsConnected)
            return;
        handle.Dispose();
        throw new DuckDbException("DuckDB did not open a connection.");
    }

    /// <summary>Runs one or several statements and drops their results.</summary>
    /// <exception cref="DuckDbException">A statement failed; those before it took effect.</exception>
    public void Execute(string sql, CancellationToken cancellationToken = default)
    {
        RefuseNul(sql);
        using var interruption = Interruption.Start(handle, cancellationToken);
        var state = NativeMethods.Query(handle, sql, out var result);
        try
        {
            if (state != 0)
                throw Failure(ref result, cancellationToken);
        }
        finally
        {
            NativeMethods.DestroyResult(ref result);
        }
    }

    /// <summary>Runs one statement and streams its rows.</summary>
    /// <param name="parameters">For <c>$1</c>, <c>$2</c>, …; see <see cref="DuckDbStatement.Bind"/>.</param>
    public DuckDbResult Query(string sql, CancellationToken cancellationToken, params ReadOnlySpan<object?> parameters)
    {
        var statement = Prepare(sql);
        try
        {
            for (var i = 0; i < parameters.Length; i++)
                statement.Bind(i + 1, parameters[i]);
            return statement.Execute(ownsStatement: true, cancellationToken);
        }
        catch
        {
            statement.Dispose();
            throw;
        }
    }

    /// <inheritdoc cref="Query(string, CancellationToken, ReadOnlySpan{object?})"/>
    public DuckDbResult Query(string sql, params ReadOnlySpan<object?> parameters) => Query(sql, CancellationToken.None, parameters);

    /// <summary>The value of the first column of the first row; null when there is no row.</summary>
    public object? Scalar(string sql, params ReadOnlySpan<object?> parameters)
    {
        using var result = Query(sql, parameters);
        return result.Read() ? result.Value(0) : null;
    }

    /// <summary>Prepares one statement; a text with several is refused (<see cref="CountStatements"/>).</summary>
    public DuckDbStatement Prepare(string sql)
    {
        RefuseNul(sql);
        if (NativeMethods.Prepare(handle, sql, out var statement) == 0)
            return new DuckDbStatement(this, new StatementHandle(handle, statement));
        var message = NativeText.Borrow(NativeMethods.PrepareError(statement)) ?? "The statement was not prepared.";
        NativeMethods.DestroyPrepare(ref statement);
        throw new DuckDbException(message, DuckDbErrorKind.Parser);
    }

    /// <summary>How many statements the text holds; nothing is executed.</summary>
    /// <exception cref="DuckDbException">The text does not parse.</exception>
    public int CountStatements(string sql)
    {
        RefuseNul(sql);
        var count = NativeMethods.ExtractStatements(handle, sql, out var statements);
        try
        {
            if (count == 0 && NativeText.Borrow(NativeMethods.ExtractStatementsError(statements)) is { Length: > 0 } message)
                throw new DuckDbException(message, DuckDbErrorKind.Parser);
            return (int)count;
        }
        finally
        {
            NativeMethods.DestroyExtracted(ref statements);
        }
    }

    /// <summary>An appender to a table of that connection's database; rows are visible once it is completed.</summary>
    public DuckDbAppender OpenAppender(string table) => new(handle, table);

    /// <summary>Makes a function known to all connections of the database, until it is closed.</summary>
    /// <param name="parameters">Types in SQL.</param>
    /// <param name="result">Type in SQL.</param>
    /// <exception cref="DuckDbException">A type does not exist, or the name is taken.</exception>
    public void Register(string name, IReadOnlyList<string> parameters, string result, DuckDbFunction function)
    {
        var types = string.Join(", ", parameters.Append(result).Select(type => $"NULL::{type}"));
        RefuseNul(types);
        var state = NativeMethods.Query(handle, $"SELECT {types}", out var described);
        try
        {
            if (state != 0)
                throw Failure(ref described, CancellationToken.None);
            RegisteredFunction.Register(handle, name, ref described, function);
        }
        finally
        {
            NativeMethods.DestroyResult(ref described);
        }
    }

    public void Dispose() => handle.Dispose();

    internal Interruption? InterruptOn(CancellationToken cancellationToken) => Interruption.Start(handle, cancellationToken);

    internal static Exception Failure(ref NativeResult result, CancellationToken cancellationToken)
    {
        var kind = NativeMethods.ResultErrorType(ref result);
        if (kind != DuckDbErrorKind.Interrupt)
            return new DuckDbException(NativeText.Borrow(NativeMethods.ResultError(ref result)) ?? "The statement failed.", kind);

        // A thread that fails interrupts the others, and what they are told may come before the reason: https://github.com/duckdb/duckdb/pull/10337.
        return cancellationToken.IsCancellationRequested
            ? new OperationCanceledException(cancellationToken)
            : new DuckDbException("The statement failed on its way, and the database did not keep the reason; run it again.", kind);
    }

    // The library ends a text at its first NUL and would run what is before it.
    private static void RefuseNul(string sql, [CallerArgumentExpression(nameof(sql))] string? name = null)
    {
        if (sql.Contains('\0', StringComparison.Ordinal))
            throw new DuckDbException($"The text of a statement holds a NUL character ({name}).", DuckDbErrorKind.Parser);
    }
}
