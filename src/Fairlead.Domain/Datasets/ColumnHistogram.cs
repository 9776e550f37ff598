namespace Fairlead.Domain.Datasets;

/// <summary>Rows in cells of equal width.</summary>
/// <param name="From">Lower end of the first cell.</param>
/// <param name="To">Upper end of the last cell.</param>
/// <param name="IsClipped">What lies far outside is counted in the cells at the ends.</param>
public sealed record ColumnHistogram(string From, string To, bool IsClipped, IReadOnlyList<long> Counts);
