using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query;

/// <summary>
/// Lets one reading statement through and nothing else. The database's own lock keeps files and settings safe; this keeps out what a SELECT can
/// still do to it: table functions that switch on logging or profiling, run other SQL, or write a checkpoint. Therefore table functions are allowed by name.
/// </summary>
internal static partial class SqlGuard
{
    private const string Allowed = "SELECT, WITH, FROM, VALUES, PIVOT … IN, DESCRIBE, SUMMARIZE, SHOW or EXPLAIN";
    private static readonly FrozenSet<string> TableFunctions = new[]
    {
        "range", "generate_series", "unnest", "repeat", "repeat_row", "json_each", "json_tree",
        "duckdb_columns", "duckdb_functions", "duckdb_keywords", "duckdb_types", "duckdb_views",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Checks a statement before any of it is prepared.</summary>
    /// <returns>What it reads.</returns>
    /// <exception cref="FairleadException">Invalid.</exception>
    public static ReadPlan Check(DuckDbConnection connection, string sql)
    {
        if (sql.Contains('\0', StringComparison.Ordinal))
            throw FairleadException.Invalid("The query holds a NUL character; remove it.");
        // EXPLAIN ANALYZE executes what follows, therefore that is what has to be checked.
        using var tree = Parse(connection, Explain().Replace(sql, "", 1));
        var plan = ReadPlan.From(tree.RootElement);
        if (plan.Statements != 1)
            throw FairleadException.Invalid($"The query holds {plan.Statements} statements; send exactly one {Allowed}.");
        if (plan.TableFunctions.FirstOrDefault(name => !TableFunctions.Contains(name)) is { } function)
            throw FairleadException.Invalid($"The query calls the table function '{function}', which is not allowed; read from predictions, outcomes or scored.");
        return plan.Functions.Contains("write_log")
            ? throw FairleadException.Invalid("The query calls the function 'write_log', which is not allowed; remove it.")
            : plan;
    }

    private static JsonDocument Parse(DuckDbConnection connection, string sql)
    {
        var text = (string)connection.Scalar("SELECT json_serialize_sql($1::VARCHAR)", sql)!;
        var tree = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 4096 });
        if (!tree.RootElement.GetProperty("error").GetBoolean())
            return tree;
        var kind = tree.RootElement.GetProperty("error_type").GetString();
        var message = tree.RootElement.GetProperty("error_message").GetString();
        tree.Dispose();
        throw FairleadException.Invalid(kind == "parser"
            ? $"The query does not parse: {message}"
            : $"The query is not a reading statement; send exactly one {Allowed}.");
    }

    [GeneratedRegex(@"\A\s*EXPLAIN\s+(?:ANALYZE\s+)?(?:\([^()']*\)\s*(?=[A-Za-z]))?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Explain();
}
