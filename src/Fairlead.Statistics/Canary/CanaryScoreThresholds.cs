namespace Fairlead.Statistics.Canary;

/// <summary>Scores of 0 to 100 from which a canary is good, and from which on it is marginal; both bounds belong to the better side.</summary>
public sealed record CanaryScoreThresholds(double Pass = 75, double Marginal = 50);
