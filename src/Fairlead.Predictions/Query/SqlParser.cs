using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query;

/// <summary>DuckDB's own parser on a connection; what asks it is prepared once.</summary>
/// <param name="connection">Not owned; it has to be there until this is disposed.</param>
internal sealed class SqlParser(DuckDbConnection connection) : IDisposable
{
    private DuckDbStatement? tree;

    /// <summary>The syntax tree of statements as JSON, or what is wrong with them.</summary>
    public string Tree(string sql)
    {
        tree ??= connection.Prepare("SELECT json_serialize_sql($1::VARCHAR)");
        tree.Bind(1, sql);
        using var result = tree.Execute();
        return result.Read() ? (string)result.Value(0)! : throw new InvalidOperationException("There is no tree of the statement.");
    }

    /// <summary>The statement anew from its tree.</summary>
    public string Plain(string sql) => (string)connection.Scalar("SELECT json_deserialize_sql(json_serialize_sql($1::VARCHAR))", sql)!;

    public void Dispose() => tree?.Dispose();
}
