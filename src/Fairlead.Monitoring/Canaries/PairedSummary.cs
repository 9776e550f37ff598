namespace Fairlead.Monitoring.Canaries;

/// <summary>How two answers to the same request differ, over the requests that both sides answered.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Agreement">Share of the pairs that are the same; numbers by 0.000001.</param>
/// <param name="MeanDifference">Candidate less what it is compared with; null for what is no number, as those that follow.</param>
/// <param name="MeanDistance">Of absolute differences.</param>
/// <param name="Largest">Absolute difference.</param>
public sealed record PairedSummary(string Metric, int Pairs, double Agreement, double? MeanDifference, double? MeanDistance, double? Largest);
