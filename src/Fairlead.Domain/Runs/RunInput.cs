using Fairlead.Domain.Artifacts;

namespace Fairlead.Domain.Runs;

/// <summary>What a run read.</summary>
/// <param name="Name">The name in <c>in/</c>.</param>
/// <param name="Source">As in the project file: <c>dataset:customers</c> or <c>split/train.parquet</c>.</param>
/// <param name="DatasetNumber">Number of the dataset version, when the source is a dataset.</param>
/// <param name="Run">The run that made it, when the source is a step.</param>
public sealed record RunInput(string Name, string Source, ArtifactRef Artifact, int? DatasetNumber, RunId? Run);
