using System.Globalization;
using System.Text.RegularExpressions;
using Fairlead.Domain.Problems;

namespace Fairlead.Monitoring.Experiments.Design;

/// <summary>Reads metrics as people write them.</summary>
internal static partial class MetricParser
{
    private const int LongestExpression = 2000;

    /// <exception cref="FairleadException">Invalid.</exception>
    public static ExperimentMetric Metric(string text, MetricRole role)
    {
        var (name, expression) = Split(text, "--metric \"clicked=avg(outcome.clicked)\"");
        return new ExperimentMetric(name, role, expression, null);
    }

    /// <exception cref="FairleadException">Invalid.</exception>
    public static ExperimentMetric Guardrail(string text)
    {
        var match = Limit().Match(text);
        if (!match.Success)
        {
            throw FairleadException.Invalid(
                $"The guardrail '{text}' has no limit; end it with '<= +5%' or '>= -5%' for a share of the control, or without the percent sign for the metric's own unit.");
        }

        var (name, expression) = Split(text[..match.Index], "--guardrail \"latency=avg(latency_us) <= +5%\"");
        var isRelative = match.Groups["percent"].Length > 0;
        var margin = double.Parse(match.Groups["margin"].ValueSpan, CultureInfo.InvariantCulture) / (isRelative ? 100 : 1);
        return new ExperimentMetric(name, MetricRole.Guardrail, expression, new MetricLimit(match.Groups["sign"].Value == "<=", margin, isRelative));
    }

    private static (string Name, string Expression) Split(string text, string example)
    {
        var equals = text.IndexOf('=');
        var name = equals < 0 ? "" : text[..equals].Trim();
        var expression = text[(equals + 1)..].Trim();
        if (!Name().IsMatch(name))
            throw FairleadException.Invalid($"'{text}' does not name its metric; write a name of letters, digits and underscores before the expression, such as {example}.");
        if (expression.Length is 0 or > LongestExpression)
            throw FairleadException.Invalid($"The metric '{name}' has an expression of {expression.Length} characters; give 1 to {LongestExpression}.");
        return (name, expression);
    }

    [GeneratedRegex(@"\A[A-Za-z][A-Za-z0-9_]{0,63}\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"(?<sign><=|>=)\s*(?<margin>[+-]\s*\d+(\.\d+)?)\s*(?<percent>%)?\s*\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Limit();
}
