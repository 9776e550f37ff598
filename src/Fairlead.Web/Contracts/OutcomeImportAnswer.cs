namespace Fairlead.Web.Contracts;

/// <param name="Recorded">Outcomes that are on the disk now.</param>
/// <param name="Skipped">Rows that could not be taken.</param>
/// <param name="Problems">The first of them.</param>
public sealed record OutcomeImportAnswer(long Recorded, long Skipped, IReadOnlyList<string> Problems)
{
    /// <summary>Rows of predictions that were erased: nothing of them is kept.</summary>
    public long Erased { get; init; }
}
