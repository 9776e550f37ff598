using System.Text.RegularExpressions;
using Fairlead.Domain.Canaries;
using Fairlead.Domain.Problems;

namespace Fairlead.Monitoring.Canaries.Metrics;

/// <summary>Fills in what a user's query leaves open about its side.</summary>
internal static partial class QueryText
{
    /// <param name="valueOf">Of a placeholder's name.</param>
    /// <exception cref="FairleadException">Invalid: a placeholder that there is not.</exception>
    public static string Fill(string query, Func<string, string> valueOf) => Placeholder().Replace(query, match => MetricDefinition.Placeholders.Contains(match.Groups["name"].Value)
        ? valueOf(match.Groups["name"].Value)
        : throw FairleadException.Invalid($"'{match.Value}' is no placeholder ({NearestName.Hint(match.Groups["name"].Value, MetricDefinition.Placeholders)})"));

    [GeneratedRegex(@"\$\{(?<name>[^}]*)\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
