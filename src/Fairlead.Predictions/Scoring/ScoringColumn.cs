namespace Fairlead.Predictions.Scoring;

/// <summary>A field of a recorded <c>input</c> or <c>output</c>.</summary>
public sealed record ScoringColumn(string Name, string SqlType);
