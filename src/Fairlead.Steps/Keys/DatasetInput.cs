using Fairlead.Domain.Artifacts;

namespace Fairlead.Steps.Keys;

/// <summary>The present state of a dataset.</summary>
/// <param name="Number">Null when that state was never registered.</param>
internal sealed record DatasetInput(ArtifactRef Artifact, int? Number);
