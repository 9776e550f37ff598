using System.Text.RegularExpressions;
using Fairlead.Monitoring.Experiments.Design;

namespace Fairlead.Monitoring.Experiments.Measuring;

/// <summary>
/// A metric as a numerator and a denominator of each unit. An average, or one aggregate over another, is a ratio of sums over all units: a unit with many
/// predictions weighs more, as in the number that people know. Everything else is a mean of the units' values.
/// </summary>
/// <param name="Numerator">SQL.</param>
/// <param name="Denominator">SQL; null for 1.</param>
internal sealed partial record MetricSql(string Numerator, string? Denominator)
{
    public IEnumerable<string> Parts => Denominator is null ? [Numerator] : [Numerator, Denominator];

    public static MetricSql Of(string expression)
    {
        if (TopLevelText.Mask(expression) is not { } mask)
            return new MetricSql(expression, null);
        if (Average().Match(mask) is { Success: true } average && !expression.AsSpan(average.Groups["inner"].Index).TrimStart().StartsWith("distinct", StringComparison.OrdinalIgnoreCase))
        {
            var (inner, rest) = (Cut(expression, average.Groups["inner"]), Cut(expression, average.Groups["rest"]));
            return new MetricSql($"sum({inner}\n){rest}", $"count({inner}\n){rest}");
        }

        var slash = mask.IndexOf('/');
        return slash > 0 && slash == mask.LastIndexOf('/') && mask.AsSpan().IndexOfAny("+-*%|&<>=") < 0
            ? new MetricSql(expression[..slash], expression[(slash + 1)..])
            : new MetricSql(expression, null);
    }

    private static string Cut(string text, Group group) => text.Substring(group.Index, group.Length);

    [GeneratedRegex(@"\A\s*(avg|mean)\s*\((?<inner>\s*)\)(?<rest>\s*|\s*filter\s*\(\s*\)\s*)\z", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, 1000)]
    private static partial Regex Average();
}
