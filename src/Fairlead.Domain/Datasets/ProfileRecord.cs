using Fairlead.Domain.Artifacts;

namespace Fairlead.Domain.Datasets;

/// <summary>Says where the profile of a state of data is kept. It names the data by no digest, since it shall not keep it.</summary>
/// <param name="Profile">A blob with a <see cref="DatasetProfile"/> as JSON, or null when none could be made.</param>
/// <param name="Error">Why not, in a sentence.</param>
public sealed record ProfileRecord(ArtifactRef? Profile, string? Error);
