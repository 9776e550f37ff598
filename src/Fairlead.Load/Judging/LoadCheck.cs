using System.Globalization;
using System.Text.RegularExpressions;
using Fairlead.Domain.Problems;

namespace Fairlead.Load.Judging;

/// <summary>
/// What must hold of a result: a metric, one of &lt; &lt;= &gt; &gt;= = !=, and a number with its unit: <c>p99 &lt; 20ms</c>,
/// <c>error.rate &lt; 0.1%</c>, <c>rate &gt;= 1900</c>.
/// </summary>
public sealed partial class LoadCheck
{
    private readonly LoadMetric metric;
    private readonly string comparison;
    private readonly double limit;

    private LoadCheck(string text, LoadMetric metric, string comparison, double limit)
    {
        Text = text;
        this.metric = metric;
        this.comparison = comparison;
        this.limit = limit;
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <exception cref="FairleadException">Invalid: it cannot be read, there is no such metric, or the unit is none of that metric's.</exception>
    public static LoadCheck Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success)
            throw FairleadException.Invalid($"The check '{text}' cannot be read; expected a metric, one of < <= > >= = !=, and a number, such as 'p99 < 20ms' or 'error.rate < 0.1%'.");
        var name = match.Groups["metric"].Value;
        var metric = LoadMetrics.Find(name)
            ?? throw FairleadException.Invalid($"The check '{text}' names the metric '{name}', which does not exist; {NearestName.Hint(name, LoadMetrics.Names)}");
        var unit = match.Groups["unit"].Value;
        var factor = FactorOf(metric.Kind, unit)
            ?? throw FairleadException.Invalid($"The check '{text}' gives '{name}' {(unit.Length == 0 ? "no unit" : $"the unit '{unit}'")}; expected {UnitsOf(metric.Kind)}.");
        var number = double.Parse(match.Groups["number"].Value, NumberStyles.Float, CultureInfo.InvariantCulture);
        return new LoadCheck(text.Trim(), metric, match.Groups["comparison"].Value, number * factor);
    }

    public CheckVerdict Judge(LoadResult result)
    {
        if (metric.Read(result) is not { } value)
            return new CheckVerdict(Text, null, false, $"The check '{Text}' does not hold: there was no answer to measure '{metric.Name}' of.");
        var holds = Holds(value);
        return new CheckVerdict(Text, value, holds, $"The check '{Text}' {(holds ? "holds" : "does not hold")}: {metric.Name} is {Describe(value)}.");
    }

    public override string ToString() => Text;

    private static double? FactorOf(MetricKind kind, string unit) => (kind, unit) switch
    {
        (MetricKind.Duration, "ns") => 1e-9,
        (MetricKind.Duration, "us" or "µs") => 1e-6,
        (MetricKind.Duration, "ms") => 1e-3,
        (MetricKind.Duration, "s") => 1,
        (MetricKind.Share, "%") => 0.01,
        (MetricKind.Rate, "/s") => 1,
        (not MetricKind.Duration, "") => 1,
        _ => null,
    };

    private static string UnitsOf(MetricKind kind) => kind switch
    {
        MetricKind.Duration => "ns, us, ms or s",
        MetricKind.Share => "a number from 0 to 1, or %",
        MetricKind.Rate => "a number per second",
        _ => "a number without unit",
    };

    [GeneratedRegex(@"^\s*(?<metric>[a-z][a-z0-9.-]*)\s*(?<comparison><=|>=|!=|<|>|==?)\s*(?<number>[0-9]+(\.[0-9]+)?(e[+-]?[0-9]+)?)\s*(?<unit>[a-zµ%/]*)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    private bool Holds(double value) => comparison switch
    {
        "<" => value < limit,
        "<=" => value <= limit,
        ">" => value > limit,
        ">=" => value >= limit,
        "!=" => value != limit,
        _ => value == limit,
    };

    private string Describe(double value) => metric.Kind switch
    {
        MetricKind.Duration => value < 1 ? $"{value * 1000:0.###} ms" : $"{value:0.###} s",
        MetricKind.Share => $"{value * 100:0.####} %",
        MetricKind.Rate => $"{value:0.##} per second",
        _ => value.ToString("0", CultureInfo.InvariantCulture),
    };
}
