using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Fairlead.DuckDb;

namespace Fairlead.Predictions.Query;

/// <summary>A time that hangs on when the statement runs, such as <c>now() - interval '1 day'</c>: never earlier for a later statement.</summary>
/// <param name="Sql">What the statement says, with <see cref="Now"/> for the beginning of its transaction.</param>
/// <param name="IsNamed">It holds a name (<c>current_date</c>) that could be that of a column.</param>
internal sealed record MomentExpression(string Sql, bool IsNamed)
{
    public const string Now = "$now";
    public const string CurrentDate = "current_date";
    public const string CurrentTimestamp = "current_timestamp";
    private const string Today = $"{Now}::DATE";

    private static readonly FrozenDictionary<string, string> Calls = new Dictionary<string, string>
    {
        ["now"] = Now,
        ["get_current_timestamp"] = Now,
        ["transaction_timestamp"] = Now,
        ["today"] = Today,
        [CurrentDate] = Today,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string> Casts = new[] { "TIMESTAMP WITH TIME ZONE", "TIMESTAMP", "DATE" }.ToFrozenSet(StringComparer.Ordinal);

    private static readonly FrozenSet<string> Spans = new[]
    {
        "to_microseconds", "to_milliseconds", "to_seconds", "to_minutes", "to_hours", "to_days", "to_weeks", "to_months", "to_quarters", "to_years", "to_decades",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <param name="expression">A node of DuckDB's syntax tree.</param>
    /// <returns>Null when it is something else.</returns>
    public static MomentExpression? Of(JsonElement expression) => TextOf(expression, "class") switch
    {
        "COLUMN_REF" when expression.GetProperty("column_names") is var names && names.GetArrayLength() == 1 => Named(names[0].GetString()!),
        "CAST" when CastOf(expression) is var (cast, child) && Casts.Contains(cast) && Of(child) is { } moment => moment with { Sql = $"({moment.Sql})::{cast}" },
        "FUNCTION" when CallOf(expression) is var (name, arguments) => Called(name, arguments),
        _ => null,
    };

    private static MomentExpression? Named(string name) =>
        name.Equals(CurrentTimestamp, StringComparison.OrdinalIgnoreCase) ? new MomentExpression(Now, IsNamed: true)
        : name.Equals(CurrentDate, StringComparison.OrdinalIgnoreCase) ? new MomentExpression(Today, IsNamed: true)
        : null;

    private static MomentExpression? Called(string name, List<JsonElement> arguments) => (name, arguments) switch
    {
        (_, []) => Calls.TryGetValue(name, out var sql) ? new MomentExpression(sql, IsNamed: false) : null,
        ("-" or "+", [var left, var right]) when Of(left) is { } moment && SpanOf(right) is { } span => moment with { Sql = $"({moment.Sql}) {name} {span}" },
        ("date_trunc", [var part, var child]) when ConstantOf(part) is { } text && Of(child) is { } moment => moment with { Sql = $"date_trunc({DuckDbText.Literal(text)}, {moment.Sql})" },
        _ => null,
    };

    /// <summary>What is added or taken away: an interval, or days.</summary>
    private static string? SpanOf(JsonElement expression)
    {
        if (CastOf(expression) is ("INTERVAL", var child))
            return ConstantOf(child) is { } text ? $"{DuckDbText.Literal(text)}::INTERVAL" : null;
        if (CallOf(expression) is (var name, [var number]) && Spans.Contains(name))
            return NumberOf(number) is { } count ? $"{name}({count})" : null;
        return Is(expression, "class", "CONSTANT") ? NumberOf(expression) : null;
    }

    /// <summary>A whole number, which the parser casts and cuts before it counts days or hours.</summary>
    private static string? NumberOf(JsonElement expression)
    {
        if (CastOf(expression) is var (_, child))
            return NumberOf(child);
        if (CallOf(expression) is ("trunc", [var argument]))
            return NumberOf(argument);
        return long.TryParse(ConstantOf(expression), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number.ToString(CultureInfo.InvariantCulture) : null;
    }

    private static (string Type, JsonElement Child)? CastOf(JsonElement expression) =>
        Is(expression, "type", "OPERATOR_CAST") && expression.TryGetProperty("try_cast", out var isTried) && isTried.ValueKind == JsonValueKind.False
            ? (TextOf(expression.GetProperty("cast_type"), "id") ?? "", expression.GetProperty("child"))
            : null;

    private static (string Name, List<JsonElement> Arguments)? CallOf(JsonElement expression) =>
        Is(expression, "class", "FUNCTION") && Is(expression, "schema", "") && Is(expression, "catalog", "") && expression.TryGetProperty("children", out var children)
            ? (TextOf(expression, "function_name") ?? "", [.. children.EnumerateArray()])
            : null;

    private static string? ConstantOf(JsonElement expression) =>
        Is(expression, "class", "CONSTANT") && expression.TryGetProperty("value", out var value) && value.TryGetProperty("value", out var constant)
            && constant.ValueKind is JsonValueKind.String or JsonValueKind.Number
            ? constant.ToString()
            : null;

    private static bool Is(JsonElement node, string name, string value) => TextOf(node, name) == value;

    private static string? TextOf(JsonElement node, string name) =>
        node.ValueKind == JsonValueKind.Object && node.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
