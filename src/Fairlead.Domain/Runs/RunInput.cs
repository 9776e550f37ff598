using Fairlead.Domain.Artifacts;

namespace Fairlead.Domain.Runs;

/// <summary>What a run read.</summary>
/// <param name="Name">The path below <c>in/</c>: a name, or for one of many variants that are read together <c>NAME/VARIANT</c>.</param>
/// <param name="Source"><c>dataset:customers</c>, <c>split/train.parquet</c> or <c>train[customer=acme]/model.onnx</c>.</param>
/// <param name="DatasetNumber">Number of the dataset version, when the source is a dataset.</param>
/// <param name="Run">The run that made it, when the source is a step.</param>
public sealed record RunInput(string Name, string Source, ArtifactRef Artifact, int? DatasetNumber, RunId? Run);
