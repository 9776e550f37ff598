namespace Fairlead.Statistics.Canary.Scoring;

/// <summary>What a score was made of.</summary>
internal sealed record ScoreCard(double Score, CanaryOutcome Outcome, string Reason, IReadOnlyList<CanaryGroupScore> Groups);
