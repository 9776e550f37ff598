using Fairlead.Domain.Artifacts;

namespace Fairlead.Domain.Datasets;

/// <summary>Says that a state of data was checked, and what of it was not as expected.</summary>
/// <param name="Expected">Of all conditions and the schema together.</param>
public sealed record CheckRecord(ArtifactRef Data, Digest Expected, IReadOnlyList<DatasetFailure> Failures);
