using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Datasets;

namespace Fairlead.Predictions.Tracing;

/// <summary>What a run read, and where that came from.</summary>
/// <param name="Name">The name in <c>in/</c>.</param>
/// <param name="Source">As in the project file: <c>dataset:customers</c> or <c>split/train.parquet</c>.</param>
/// <param name="Dataset">The dataset version, when the source is a dataset.</param>
/// <param name="Run">The run that made it, when the source is a step or a dataset that a query makes.</param>
public sealed record TracedInput(string Name, string Source, ArtifactRef Artifact, DatasetVersion? Dataset, TracedRun? Run);
