namespace Fairlead.Domain.Datasets;

/// <summary>Rows of two versions told apart by a key.</summary>
/// <param name="Key">Columns.</param>
/// <param name="Added">Keys that only the right version has.</param>
/// <param name="Removed">Keys that only the left version has.</param>
/// <param name="Changed">Keys of both whose rows differ in another column that both have.</param>
/// <param name="Ambiguous">Keys that more than one row of a version has; they are not compared.</param>
public sealed record KeyedDifference(IReadOnlyList<string> Key, long Added, long Removed, long Changed, long Ambiguous)
{
    /// <summary>Columns of both, with the number of rows in which each differs; only those that differ at all.</summary>
    public IReadOnlyList<ColumnValue> ChangedColumns { get; init; } = [];
}
