using Fairlead.Domain.Models;

namespace Fairlead.Predictions.Tracing;

/// <summary>A model version of a trace.</summary>
/// <param name="Run">The run that made it, with everything that it was made from.</param>
public sealed record TracedModel(ModelVersion Version, TracedRun Run);
