using System.Text.Json;

namespace Fairlead.Predictions.Query;

/// <summary>What a statement reads, taken from DuckDB's own syntax tree.</summary>
internal sealed class ReadPlan
{
    private readonly HashSet<string> tables = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> tableFunctions = [];
    private readonly HashSet<string> functions = new(StringComparer.OrdinalIgnoreCase);
    private readonly SortedDictionary<int, string> parameters = [];
    private bool describes;
    private int predictions;
    private int selects;
    private bool namesTimes;
    private IReadOnlyList<RowCondition>? conditions;

    public int Statements { get; private init; }

    /// <summary>Names of tables, views and common table expressions that it refers to.</summary>
    public IReadOnlyCollection<string> Tables => tables;

    public IReadOnlyList<string> TableFunctions => tableFunctions;

    public IReadOnlyCollection<string> Functions => functions;

    /// <summary>False for a statement that can be answered without any table, nor a list of them.</summary>
    public bool ReadsTables => tables.Count > 0 || describes || tableFunctions.Exists(name => name.StartsWith("duckdb_", StringComparison.OrdinalIgnoreCase));

    /// <summary>Names of its parameters, without <c>$</c>, by their place, from 1.</summary>
    public IReadOnlyDictionary<int, string> Parameters => parameters;

    /// <summary>What it demands of every prediction that it reads, where it reads them in one place; empty when nothing is known.</summary>
    public IReadOnlyList<RowCondition> Conditions => predictions == 1 && !tables.Contains(PredictionViews.Scored) && !tables.Contains(PredictionViews.Unmatched) ? conditions ?? [] : [];

    /// <summary>When the statement's transaction has to begin, that its conditions are what it demands; null where they do not hang on that.</summary>
    public StatementTime? Time { get; private set; }

    /// <summary>How deep arrows (<c>-></c>) stand within one another.</summary>
    public int ArrowDepth { get; private set; }

    /// <summary>Why a call in it is not run; null when all may be.</summary>
    public string? Refusal { get; private set; }

    /// <summary>As another process has read it: what a session asks for, which leaves out what only the guard does.</summary>
    public static ReadPlan Of(IEnumerable<string> tables, IReadOnlyList<string> parameters, bool readsTables, IReadOnlyList<RowCondition> conditions, StatementTime? time)
    {
        var plan = new ReadPlan { Statements = 1, describes = readsTables, predictions = 1, conditions = conditions, Time = time };
        plan.tables.UnionWith(tables);
        for (var i = 0; i < parameters.Count; i++)
            plan.parameters[i + 1] = parameters[i];
        return plan;
    }

    /// <param name="tree">What <c>json_serialize_sql</c> returned, without error.</param>
    public static ReadPlan From(JsonElement tree)
    {
        var statements = tree.GetProperty("statements");
        var plan = new ReadPlan { Statements = statements.GetArrayLength() };
        plan.Visit(statements, 0);
        return plan;
    }

    /// <summary>Makes times of the conditions that hang on when the statement runs.</summary>
    /// <param name="resolve">Answers for each of them the earliest and the latest that it can be, in microseconds, and of what statements; null where the database cannot tell.</param>
    public void Settle(Func<IReadOnlyList<MomentExpression>, (IReadOnlyList<(long First, long Last)> Spans, StatementTime Time)?> resolve)
    {
        var known = Conditions.Where(condition => condition.Moment is null);
        // What is named could be a column of another SELECT, or a name that the statement gives.
        var mayBeColumn = selects > 1 || namesTimes || functions.Contains("unnest");
        var moments = Conditions.Where(condition => condition.Moment is { } moment && !(moment.IsNamed && mayBeColumn)).ToList();
        var resolved = moments.Count == 0 ? null : resolve([.. moments.Select(condition => condition.Moment!)]);
        Time = resolved?.Time;
        conditions = resolved is var (spans, _) ? [.. known, .. moments.Zip(spans, (condition, span) => condition.Between(span.First, span.Last))] : [.. known];
    }

    private void Visit(JsonElement node, int arrows, bool inTableFunction = false)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in node.EnumerateArray())
                Visit(item, arrows);
        }
        else if (node.ValueKind == JsonValueKind.String)
        {
            namesTimes |= MomentExpression.CurrentDate.Equals(node.GetString(), StringComparison.OrdinalIgnoreCase) || MomentExpression.CurrentTimestamp.Equals(node.GetString(), StringComparison.OrdinalIgnoreCase);
        }
        else if (node.ValueKind == JsonValueKind.Object)
        {
            if (TextOf(node, "table_name") is { Length: > 0 } table)
            {
                tables.Add(table);
                if (table.Equals(PredictionViews.Predictions, StringComparison.OrdinalIgnoreCase))
                    predictions++;
            }

            conditions ??= RowConditions.Of(node);
            if (TextOf(node, "type") == "SELECT_NODE")
                selects++;
            if (TextOf(node, "function_name") is { } function)
            {
                functions.Add(function);
                // What makes rows is streamed; what makes one value is made at once.
                if (!inTableFunction && GrowingFunction.Refusal(function, node) is { } refusal)
                    Refusal ??= refusal;
            }

            describes |= TextOf(node, "type") == "SHOW_REF";
            var isTableFunction = TextOf(node, "type") == "TABLE_FUNCTION";
            if (isTableFunction)
                tableFunctions.Add(node.TryGetProperty("function", out var call) ? TextOf(call, "function_name") ?? "" : "");
            if (TextOf(node, "class") == "LAMBDA")
                ArrowDepth = Math.Max(ArrowDepth, ++arrows);
            foreach (var property in node.EnumerateObject())
            {
                if (property.NameEquals("named_param_map"))
                    ReadParameters(property.Value);
                else if (!property.NameEquals("column_names") && !property.NameEquals("function_name"))
                    Visit(property.Value, arrows, isTableFunction && property.NameEquals("function"));
            }
        }
    }

    private void ReadParameters(JsonElement map)
    {
        foreach (var entry in map.EnumerateArray())
            parameters[entry.GetProperty("value").GetInt32()] = TextOf(entry, "key") ?? "";
    }

    private static string? TextOf(JsonElement node, string name) =>
        node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
