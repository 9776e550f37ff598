using System.Collections.Frozen;
using System.Text.Json;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;

namespace Fairlead.Inference.Chains;

/// <summary>Lets one reading statement through, of the table functions only those that make rows out of their arguments.</summary>
internal static class TransformGuard
{
    private const int MaxDepth = 4096;
    private static readonly FrozenSet<string> TableFunctions =
        new[] { "range", "generate_series", "unnest", "repeat", "repeat_row", "json_each", "json_tree" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <param name="label">How messages begin, such as "In the chain 'x', stage 2 'transform: y.sql'".</param>
    /// <exception cref="FairleadException">Invalid.</exception>
    public static void Check(DuckDbConnection connection, string sql, string label)
    {
        if (sql.Contains('\0', StringComparison.Ordinal))
            throw FairleadException.Invalid($"{label} holds a NUL character; remove it.");
        var text = (string)connection.Scalar("SELECT json_serialize_sql($1::VARCHAR)", sql)!;
        using var tree = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
        var root = tree.RootElement;
        if (root.GetProperty("error").GetBoolean())
        {
            throw FairleadException.Invalid(root.GetProperty("error_type").GetString() == "parser"
                ? $"{label} does not parse: {root.GetProperty("error_message").GetString()}"
                : $"{label} is not a reading statement; write one SELECT over the table '{TransformSql.Table}'.");
        }

        var statements = root.GetProperty("statements").GetArrayLength();
        if (statements != 1)
            throw FairleadException.Invalid($"{label} holds {statements} statements; write one SELECT over the table '{TransformSql.Table}'.");
        if (Functions(root).FirstOrDefault(name => !TableFunctions.Contains(name)) is { } function)
            throw FairleadException.Invalid($"{label} calls the table function '{function}', which is not allowed; read from the table '{TransformSql.Table}'.");
    }

    private static IEnumerable<string> Functions(JsonElement node)
    {
        if (node.ValueKind == JsonValueKind.Array)
            return node.EnumerateArray().SelectMany(Functions);
        if (node.ValueKind != JsonValueKind.Object)
            return [];
        var inside = node.EnumerateObject().SelectMany(member => Functions(member.Value));
        return node.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("TABLE_FUNCTION")
            ? inside.Prepend(node.GetProperty("function").GetProperty("function_name").GetString() ?? "")
            : inside;
    }
}
