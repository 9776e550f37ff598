namespace Fairlead.Domain.Artifacts;

/// <summary>
/// The seam to what is recorded and may need artifacts. Texts, not lists of digests: whatever names an artifact or a run in any
/// record keeps it, so that a kind of record that is new is never forgotten.
/// </summary>
public interface IReferenceSource
{
    /// <summary>Reads every record that keeps what it names, those of runs and dataset versions left out: these have rules of their own.</summary>
    /// <param name="read">Gets what the record is, in words for people such as <c>releases</c>, and its text.</param>
    Task ReadAsync(Action<string, string> read, CancellationToken cancellationToken);
}
