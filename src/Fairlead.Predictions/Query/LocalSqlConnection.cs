using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query;

/// <summary>In this process, where nothing bounds what a statement takes in one go.</summary>
internal sealed class LocalSqlConnection(QueryConnection connection, string scratch) : SqlConnection
{
    internal override string Scratch => scratch;

    public override void Execute(string sql, CancellationToken cancellationToken = default, params IReadOnlyList<object?> parameters) =>
        RunToEnd(connection.Connection, sql, parameters, cancellationToken);

    public override SqlRows Query(string sql, CancellationToken cancellationToken = default, params IReadOnlyList<object?> parameters) =>
        new LocalSqlRows(connection.Connection.Query(sql, cancellationToken, [.. parameters]));

    public override void Dispose() => connection.Dispose();

    /// <inheritdoc cref="SqlConnection.Execute"/>
    internal static void RunToEnd(DuckDbConnection connection, string sql, IReadOnlyList<object?> parameters, CancellationToken cancellationToken)
    {
        if (parameters.Count == 0)
        {
            connection.Execute(sql, cancellationToken);
            return;
        }

        using var result = connection.Query(sql, cancellationToken, [.. parameters]);
        while (result.TryReadChunk(cancellationToken))
        {
            // A statement that is not read to its end is not executed to its end.
        }
    }

    internal override ReadPlan Check(string sql, CancellationToken cancellationToken) => SqlGuard.Check(connection.Connection, sql);

    internal override string Plain(string sql, CancellationToken cancellationToken)
    {
        using var parser = new SqlParser(connection.Connection);
        return SqlGuard.Plain(parser, sql);
    }

    internal override void Prepare(string sql, CancellationToken cancellationToken) => connection.Connection.Prepare(sql).Dispose();
}
