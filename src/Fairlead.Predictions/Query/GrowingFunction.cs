using System.Collections.Frozen;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Fairlead.Predictions.Query;

/// <summary>
/// Calls that make a huge value of a small text, or take the square of a text's length: they are computed in one go, which neither the time
/// nor the memory that a query has can stop within a process. They are allowed with small sizes that the statement itself names; what has a process of its own
/// needs none of this.
/// </summary>
internal static partial class GrowingFunction
{
    private const long Largest = 10_000;

    private static readonly FrozenSet<string> Sized = new[] { "repeat", "lpad", "rpad", "list_resize", "array_resize", "bar" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenSet<string> Series = new[] { "range", "generate_series" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenSet<string> Formats = new[] { "format", "printf" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);
    private static readonly FrozenSet<string> Quadratic =
        new[] { "levenshtein", "editdist3", "damerau_levenshtein", "jaro_similarity", "jaro_winkler_similarity" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <param name="call">The node of the syntax tree.</param>
    /// <returns>One sentence, or null when it may run.</returns>
    public static string? Refusal(string function, JsonElement call)
    {
        if (Quadratic.Contains(function))
            return $"The query calls the function '{function}', which is not allowed; compute it from the rows that the query answers.";
        if (!Sized.Contains(function) && !Series.Contains(function) && !Formats.Contains(function))
            return null;
        var arguments = call.TryGetProperty("children", out var children) ? children.EnumerateArray().ToList() : [];
        if (Formats.Contains(function))
            return arguments is [var format, ..] && ConstantText(format) is { } text && !WideNumber().IsMatch(text)
                ? null
                : $"The query calls '{function}', which is allowed with a constant format whose widths have at most four digits.";
        var sizes = Series.Contains(function) ? arguments : arguments.Skip(1).Take(1);
        return sizes.All(IsSmall) && !arguments.Any(Grows)
            ? null
            : $"The query calls '{function}', which is allowed with numbers up to {Largest} in place of its sizes and not within itself; for rows, read from range(…).";
    }

    private static bool IsSmall(JsonElement argument) =>
        ConstantText(argument) is { } text && double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number) && Math.Abs(number) <= Largest;

    private static bool Grows(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Array => node.EnumerateArray().Any(Grows),
        JsonValueKind.Object => (node.TryGetProperty("function_name", out var name) && name.GetString() is { } function && (Sized.Contains(function) || Series.Contains(function) || Formats.Contains(function)))
            || node.EnumerateObject().Any(property => Grows(property.Value)),
        _ => false,
    };

    private static string? ConstantText(JsonElement node) =>
        node.TryGetProperty("class", out var kind) && kind.ValueEquals("CONSTANT") && node.TryGetProperty("value", out var value) && value.TryGetProperty("value", out var constant)
            ? constant.ToString()
            : null;

    [GeneratedRegex("[0-9]{5}|[*{]\\s*[{*]|%[^a-zA-Z%]*[*]", RegexOptions.CultureInvariant)]
    private static partial Regex WideNumber();
}
