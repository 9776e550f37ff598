namespace Fairlead.Predictions.Outcomes;

/// <summary>What became of a file of outcomes.</summary>
/// <param name="Recorded">Rows that are on the disk now.</param>
/// <param name="Skipped">Rows that could not be taken.</param>
/// <param name="Problems">The first of them, such as <c>row 17: 'x' is no prediction</c>.</param>
public sealed record OutcomeImportReport(long Recorded, long Skipped, IReadOnlyList<string> Problems)
{
    /// <summary>Rows of predictions that were erased: nothing of them is kept.</summary>
    public long Erased { get; init; }
}
