namespace Fairlead.Statistics.Canary;

/// <summary>How a score is made of the metrics.</summary>
/// <param name="GroupWeights">In percent; groups without one share what is left.</param>
public sealed record CanaryClassifier(IReadOnlyDictionary<string, double>? GroupWeights = null, CanaryScoreThresholds? ScoreThresholds = null);
