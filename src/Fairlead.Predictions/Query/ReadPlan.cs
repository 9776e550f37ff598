using System.Text.Json;

namespace Fairlead.Predictions.Query;

/// <summary>What a statement reads, taken from DuckDB's own syntax tree.</summary>
internal sealed class ReadPlan
{
    private readonly HashSet<string> tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> tableFunctions = [];
    private readonly HashSet<string> functions = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>For one statement that reads every view.</summary>
    public static ReadPlan Everything { get; } = new() { Statements = 1 };

    public int Statements { get; private init; }

    public IReadOnlyCollection<string> Tables => tables;

    public IReadOnlyList<string> TableFunctions => tableFunctions;

    public IReadOnlyCollection<string> Functions => functions;

    /// <param name="tree">What <c>json_serialize_sql</c> returned, without error.</param>
    public static ReadPlan From(JsonElement tree)
    {
        var statements = tree.GetProperty("statements");
        var plan = new ReadPlan { Statements = statements.GetArrayLength() };
        plan.Visit(statements);
        return plan;
    }

    private void Visit(JsonElement node)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in node.EnumerateArray())
                Visit(item);
        }
        else if (node.ValueKind == JsonValueKind.Object)
        {
            if (TextOf(node, "table_name") is { Length: > 0 } table)
                tables.Add(table);
            if (TextOf(node, "function_name") is { } function)
                functions.Add(function);
            if (TextOf(node, "type") == "TABLE_FUNCTION")
                tableFunctions.Add(node.TryGetProperty("function", out var call) ? TextOf(call, "function_name") ?? "" : "");
            foreach (var property in node.EnumerateObject())
                Visit(property.Value);
        }
    }

    private static string? TextOf(JsonElement node, string name) =>
        node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
