using Fairlead.Domain.Predictions;

namespace Fairlead.Serving.Predicting;

/// <summary>What became of a request that reached a server group.</summary>
/// <param name="Error">Null when it succeeded.</param>
internal readonly record struct Scored(PredictionId Id, int Status, string? Error, Arrival Arrival);
