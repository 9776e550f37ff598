using Fairlead.Domain.Predictions;

namespace Fairlead.Predictions.Tracing;

/// <summary>Another answer to the same row of the same request.</summary>
/// <param name="ServerGroup">Which answered.</param>
public sealed record RelatedPrediction(PredictionId Id, PredictionRole Role, string ServerGroup, int Status);
