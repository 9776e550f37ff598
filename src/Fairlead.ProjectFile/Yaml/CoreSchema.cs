using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Fairlead.ProjectFile.Yaml;

/// <summary>The core schema of YAML 1.2, chapter 10.3: which plain scalars are numbers, booleans and null. A date is text.</summary>
internal static partial class CoreSchema
{
    /// <summary>Digits in any base: more than a double can hold in decimal, and little enough to convert at once.</summary>
    private const int MaxDigits = 400;

    public static ScalarType TypeOf(string plain) => plain switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarType.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarType.Boolean,
        _ when Integer().IsMatch(plain) => IsFinite(plain) ? ScalarType.Integer : ScalarType.NotFinite,
        _ when Float().IsMatch(plain) => double.IsFinite(ParseFloat(plain)) ? ScalarType.Float : ScalarType.NotFinite,
        _ when NotFinite().IsMatch(plain) => ScalarType.NotFinite,
        _ => ScalarType.Text,
    };

    /// <summary>
    /// The scalar as a JSON value whose text depends on the value alone: <c>0x10</c> and <c>16</c> are <c>16</c>, <c>1e-2</c> and <c>0.010</c> are <c>0.01</c>,
    /// <c>1.0</c> stays a float as <c>1.0</c>. Integers keep every digit.
    /// </summary>
    /// <exception cref="ArgumentException">The scalar is null or not finite.</exception>
    public static JsonElement ToJson(YamlScalar scalar) => scalar.Type switch
    {
        ScalarType.Text => JsonSerializer.SerializeToElement(scalar.Value, ScalarJson.Default.String),
        ScalarType.Boolean => JsonSerializer.SerializeToElement(scalar.Value[0] is 't' or 'T', ScalarJson.Default.Boolean),
        ScalarType.Integer => Number(ParseInteger(scalar.Value).ToString(CultureInfo.InvariantCulture)),
        ScalarType.Float => Number(FloatText(ParseFloat(scalar.Value))),
        _ => throw new ArgumentException($"'{scalar.Value}' has no JSON value.", nameof(scalar)),
    };

    private static JsonElement Number(string text)
    {
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }

    private static string FloatText(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        return text.AsSpan().ContainsAny('.', 'E') ? text : text + ".0";
    }

    private static bool IsFinite(string integer) => integer.Length <= MaxDigits && double.IsFinite((double)ParseInteger(integer));

    private static double ParseFloat(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static BigInteger ParseInteger(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal) ? BigInteger.Parse("0" + text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
        : text.StartsWith("0o", StringComparison.Ordinal) ? text[2..].Aggregate(BigInteger.Zero, (sum, digit) => (sum * 8) + (digit - '0'))
        : BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Integer();

    [GeneratedRegex(@"^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Float();

    [GeneratedRegex(@"^(?:[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))\z", RegexOptions.CultureInvariant)]
    private static partial Regex NotFinite();
}
