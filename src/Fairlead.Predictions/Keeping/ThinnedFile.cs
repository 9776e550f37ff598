using Fairlead.Domain.Predictions;

namespace Fairlead.Predictions.Keeping;

/// <summary>A file of which rows shall go.</summary>
/// <param name="Fresh">What takes its place, on the disk under its hidden name; null when no row is left.</param>
/// <param name="Removed">Rows that are in the old one only.</param>
internal sealed record ThinnedFile(CompactedFile Old, CompactedFile? Fresh, long Removed);
