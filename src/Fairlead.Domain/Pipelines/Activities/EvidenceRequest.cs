using Fairlead.Domain.Releases;

namespace Fairlead.Domain.Pipelines.Activities;

/// <summary>What evidence is wanted about.</summary>
/// <param name="Environment">Where the release would go; null when the judgment is about none.</param>
/// <param name="Release">The release that is judged; null when no stage before made one.</param>
public sealed record EvidenceRequest(ActivityCall Call, string? Environment, ReleaseName? Release);
