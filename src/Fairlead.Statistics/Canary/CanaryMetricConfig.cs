using System.Text.Json.Serialization;

namespace Fairlead.Statistics.Canary;

/// <summary>A metric and how it is judged.</summary>
/// <param name="Groups">Groups in whose scores it counts; in none it does not count.</param>
public sealed record CanaryMetricConfig(string Name, IReadOnlyList<string>? Groups = null, CanaryAnalysisConfigurations? AnalysisConfigurations = null)
{
    [JsonIgnore]
    public CanaryAnalysis Analysis => AnalysisConfigurations?.Canary ?? new CanaryAnalysis();
}
