using System.Buffers;
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
    /// <summary>What is longer takes seconds to parse, which cannot be interrupted.</summary>
    public const int MaxLength = 128 * 1024;

    /// <summary>DuckDB's time to bind arrows doubles with each that stands within another, and cannot be interrupted either.</summary>
    private const int MaxArrows = 10;
    private const int MaxTreeDepth = 4096;
    private const string Readable = "predictions, outcomes, scored, unmatched, server_groups, runs, metrics, releases, models or datasets";
    private const string Allowed = "SELECT, WITH, FROM, VALUES, PIVOT … IN, DESCRIBE, SUMMARIZE, SHOW or EXPLAIN";
    private static readonly FrozenSet<string> TableFunctions = new[]
    {
        "range", "generate_series", "unnest", "repeat", "repeat_row", "json_each", "json_tree",
        "duckdb_columns", "duckdb_functions", "duckdb_keywords", "duckdb_types", "duckdb_views",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> RefusedFunctions = new[]
    {
        "write_log", "current_setting", "getenv", "getvariable", "sleep_ms", "setseed", "json_execute_serialized_sql", "nextval", "currval",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly SearchValues<char> PathCharacters = SearchValues.Create("/\\.*?:");

    /// <summary>Checks a statement before any of it is prepared.</summary>
    /// <param name="isBounded">A limit of the system ends what grows too large; else calls that make much of little are refused.</param>
    /// <returns>What it reads.</returns>
    /// <exception cref="FairleadException">Invalid.</exception>
    public static ReadPlan Check(DuckDbConnection connection, string sql, bool isBounded = false)
    {
        using var parser = new SqlParser(connection);
        return Check(parser, sql, isBounded);
    }

    /// <inheritdoc cref="Check(DuckDbConnection, string, bool)"/>
    public static ReadPlan Check(SqlParser parser, string sql, bool isBounded)
    {
        if (sql.Contains('\0', StringComparison.Ordinal))
            throw FairleadException.Invalid("The query holds a NUL character; remove it.");
        if (sql.Length > MaxLength)
            throw FairleadException.Invalid($"The query has {sql.Length} characters; send at most {MaxLength}, and long lists as a parameter.");
        // EXPLAIN ANALYZE executes what follows, therefore that is what has to be checked.
        using var tree = Parse(parser, Explain().Replace(sql, "", 1));
        var plan = ReadPlan.From(tree.RootElement);
        if (plan.Statements != 1)
            throw FairleadException.Invalid($"The query holds {plan.Statements} statements; send exactly one {Allowed}.");
        if (plan.TableFunctions.FirstOrDefault(name => !TableFunctions.Contains(name)) is { } function)
            throw FairleadException.Invalid($"The query calls the table function '{function}', which is not allowed; read from {Readable}.");
        if (plan.Tables.FirstOrDefault(name => name.AsSpan().ContainsAny(PathCharacters)) is { } file)
            throw FairleadException.Invalid($"The query reads '{file}', which is not allowed; read from {Readable}.");
        if (plan.Functions.FirstOrDefault(RefusedFunctions.Contains) is { } refused)
            throw FairleadException.Invalid($"The query calls the function '{refused}', which is not allowed; remove it.");
        if (!isBounded && plan.Refusal is { } refusal)
            throw FairleadException.Invalid(refusal);
        if (plan.ArrowDepth > MaxArrows)
            throw FairleadException.Invalid($"The query has {plan.ArrowDepth} arrows within one another, and {MaxArrows} are allowed; use one path, such as json->>'$.a.b.c'.");
        plan.Settle(parser.Moments);
        return plan;
    }

    /// <summary>The text of a checked statement as it can stand in another: without comments, and without a semicolon at its end.</summary>
    /// <exception cref="FairleadException">Invalid, for a statement that explains.</exception>
    public static string Plain(SqlParser parser, string sql)
    {
        Parse(parser, sql).Dispose();
        return parser.Plain(sql).TrimEnd(';');
    }

    private static JsonDocument Parse(SqlParser parser, string sql)
    {
        var tree = Read(parser.Tree(sql));
        if (!tree.RootElement.GetProperty("error").GetBoolean())
            return tree;
        var kind = tree.RootElement.GetProperty("error_type").GetString();
        var message = tree.RootElement.GetProperty("error_message").GetString();
        tree.Dispose();
        throw FairleadException.Invalid(kind == "parser"
            ? $"The query does not parse: {message}"
            : $"The query is not a reading statement; send exactly one {Allowed}.");
    }

    private static JsonDocument Read(string text)
    {
        try
        {
            return JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxTreeDepth });
        }
        catch (JsonException)
        {
            throw FairleadException.Invalid("The query is nested too deeply; make it simpler.");
        }
    }

    [GeneratedRegex(@"\A\s*EXPLAIN\s+(?:ANALYZE\s+)?(?:\([^()']*\)\s*(?=[A-Za-z]))?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Explain();
}
