namespace Fairlead.Statistics.Canary;

/// <summary>The score of a group of metrics.</summary>
/// <param name="Weight">In percent, as it counted.</param>
/// <param name="Score">0 to 100; null when none of its metrics counts.</param>
public sealed record CanaryGroupScore(string Name, double Weight, double? Score, int Passed, int Failed, int Nodata, int Errors);
