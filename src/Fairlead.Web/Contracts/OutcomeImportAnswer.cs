namespace Fairlead.Web.Contracts;

/// <param name="Recorded">Outcomes that are on the disk now.</param>
/// <param name="Skipped">Rows that could not be taken.</param>
/// <param name="Problems">The first of them.</param>
public sealed record OutcomeImportAnswer(long Recorded, long Skipped, IReadOnlyList<string> Problems);
