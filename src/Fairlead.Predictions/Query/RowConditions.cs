using System.Text.Json;

namespace Fairlead.Predictions.Query;

/// <summary>
/// Finds in DuckDB's own syntax tree what a SELECT demands of every prediction that it reads. Only what cannot mean anything else is found: conditions that are joined by AND in
/// the WHERE of a SELECT from <c>predictions</c> alone, each of a column and constants, a parameter, or a time before now.
/// </summary>
internal static class RowConditions
{
    /// <param name="select">A node of the tree.</param>
    /// <returns>Null when it is not a SELECT from <c>predictions</c> alone.</returns>
    public static IReadOnlyList<RowCondition>? Of(JsonElement select)
    {
        // A sample is drawn from what there is before the condition is looked at.
        if (!Is(select, "type", "SELECT_NODE") || !IsAbsent(select, "sample") || !select.TryGetProperty("from_table", out var table) || !IsPredictions(table))
            return null;
        var found = new List<RowCondition>();
        if (select.TryGetProperty("where_clause", out var where) && where.ValueKind == JsonValueKind.Object)
            Add(where, TextOf(table, "alias") is { Length: > 0 } alias ? alias : PredictionViews.Predictions, found);
        return found;
    }

    private static bool IsPredictions(JsonElement table) =>
        Is(table, "type", "BASE_TABLE")
        && PredictionViews.Predictions.Equals(TextOf(table, "table_name"), StringComparison.OrdinalIgnoreCase)
        && Is(table, "schema_name", "")
        && Is(table, "catalog_name", "")
        && IsAbsent(table, "sample")
        && IsAbsent(table, "at_clause")
        // Names that the statement gives to the columns.
        && table.TryGetProperty("column_name_alias", out var names) && names.GetArrayLength() == 0;

    private static void Add(JsonElement condition, string table, List<RowCondition> found)
    {
        switch (TextOf(condition, "type"))
        {
            case "CONJUNCTION_AND":
                foreach (var child in condition.GetProperty("children").EnumerateArray())
                    Add(child, table, found);
                break;
            case "COMPARE_EQUAL":
                AddComparison(condition, table, RowComparison.Is, RowComparison.Is, found);
                break;
            case "COMPARE_GREATERTHAN" or "COMPARE_GREATERTHANOREQUALTO":
                AddComparison(condition, table, RowComparison.AtLeast, RowComparison.AtMost, found);
                break;
            case "COMPARE_LESSTHAN" or "COMPARE_LESSTHANOREQUALTO":
                AddComparison(condition, table, RowComparison.AtMost, RowComparison.AtLeast, found);
                break;
            case "COMPARE_BETWEEN" when ColumnOf(condition.GetProperty("input"), table) is { } column:
                Add(column, RowComparison.AtLeast, condition.GetProperty("lower"), found);
                Add(column, RowComparison.AtMost, condition.GetProperty("upper"), found);
                break;
            case "COMPARE_IN":
                AddList([.. condition.GetProperty("children").EnumerateArray()], table, found);
                break;
        }
    }

    private static void AddComparison(JsonElement condition, string table, RowComparison comparison, RowComparison turned, List<RowCondition> found)
    {
        var (left, right) = (condition.GetProperty("left"), condition.GetProperty("right"));
        if (ColumnOf(left, table) is { } column)
            Add(column, comparison, right, found);
        else if (ColumnOf(right, table) is { } other)
            Add(other, turned, left, found);
    }

    private static void AddList(IReadOnlyList<JsonElement> children, string table, List<RowCondition> found)
    {
        if (ColumnOf(children[0], table) is not { } column)
            return;
        var operands = children.Skip(1).Select(OperandOf).ToList();
        if (operands.TrueForAll(operand => operand is { IsParameter: false }) && operands.Select(operand => operand!.Value.Cast).Distinct(StringComparer.Ordinal).Count() == 1)
            found.Add(new RowCondition(column, RowComparison.Is, [.. operands.Select(operand => operand!.Value.Text)], IsParameter: false, operands[0]!.Value.Cast));
    }

    private static void Add(RowColumn column, RowComparison comparison, JsonElement operand, List<RowCondition> found)
    {
        if (OperandOf(operand) is { } known)
            found.Add(new RowCondition(column, comparison, [known.Text], known.IsParameter, known.Cast));
        else if (column is RowColumn.Time or RowColumn.Date && MomentExpression.Of(operand) is { } moment)
            found.Add(new RowCondition(column, comparison, [], IsParameter: false, "") { Moment = moment });
    }

    /// <summary>A name stands for the column of the table before it stands for anything else.</summary>
    private static RowColumn? ColumnOf(JsonElement expression, string table)
    {
        if (!Is(expression, "class", "COLUMN_REF") || !expression.TryGetProperty("column_names", out var parts))
            return null;
        var names = parts.EnumerateArray().Select(part => part.GetString() ?? "").ToList();
        if (names.Count > 2 || (names.Count == 2 && !names[0].Equals(table, StringComparison.OrdinalIgnoreCase)))
            return null;
        return names[^1].ToUpperInvariant() switch
        {
            "TIME" => RowColumn.Time,
            "DATE" => RowColumn.Date,
            "ENVIRONMENT" => RowColumn.Environment,
            "SERVICE" => RowColumn.Service,
            _ => null,
        };
    }

    private static (string Text, bool IsParameter, string Cast)? OperandOf(JsonElement expression)
    {
        var cast = "";
        if (Is(expression, "type", "OPERATOR_CAST"))
        {
            cast = TextOf(expression.GetProperty("cast_type"), "id") ?? "";
            expression = expression.GetProperty("child");
        }

        if (Is(expression, "class", "PARAMETER") && TextOf(expression, "identifier") is { } name)
            return (name, true, cast);
        return Is(expression, "class", "CONSTANT") && expression.TryGetProperty("value", out var value) && value.TryGetProperty("type", out var type) && Is(type, "id", "VARCHAR") && TextOf(value, "value") is { } text
            ? (text, false, cast)
            : null;
    }

    private static bool Is(JsonElement node, string name, string value) => TextOf(node, name) == value;

    private static bool IsAbsent(JsonElement node, string name) => !node.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null;

    private static string? TextOf(JsonElement node, string name) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
