using Fairlead.Domain.Artifacts;

namespace Fairlead.Domain.Datasets;

/// <summary>Says where the profile of a state of data is kept.</summary>
/// <param name="Data">The artifact that it describes.</param>
/// <param name="Profile">A blob with a <see cref="DatasetProfile"/> as JSON, or null when none could be made.</param>
/// <param name="Error">Why not, in a sentence.</param>
public sealed record ProfileRecord(ArtifactRef Data, ArtifactRef? Profile, string? Error);
