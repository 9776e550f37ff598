namespace Fairlead.Predictions.Keeping;

/// <summary>What a look at every byte of the predictions found.</summary>
/// <param name="Files">Parquet files that were read.</param>
/// <param name="Segments">Sealed log segments that were read.</param>
/// <param name="Unverified">Files from before digests were kept: nobody can tell whether they are whole.</param>
/// <param name="Unlisted">Parquet files in the folder that the catalog does not know: whoever reads the folder as it is reads them, queries do not.</param>
/// <param name="Quarantined">Files that were set aside, whose rows are missing.</param>
public sealed record PredictionCheckReport(
    int Files, int Segments, IReadOnlyList<DamagedFile> Damaged, IReadOnlyList<string> Unverified, IReadOnlyList<string> Unlisted, IReadOnlyList<DamagedFile> Quarantined);
