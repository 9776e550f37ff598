using Fairlead.Domain.Datasets;

namespace Fairlead.Web.Contracts;

/// <summary>A dataset version with what is in it.</summary>
/// <param name="Profile">Null when none could be made.</param>
/// <param name="Problem">Why not, in a sentence.</param>
public sealed record DatasetDescription(DatasetVersion Version, DatasetProfile? Profile, string? Problem);
