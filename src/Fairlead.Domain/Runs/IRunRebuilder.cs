namespace Fairlead.Domain.Runs;

/// <summary>The seam to executing recorded runs again, which shows whether what they made follows from commit and data alone.</summary>
public interface IRunRebuilder
{
    /// <summary>Executes a run and all that it needs again, each from the commit and the data that were recorded with it, without reusing or recording anything.</summary>
    /// <param name="progress">Told in lines what happens; from any thread, one at a time.</param>
    /// <returns>Each after what it needs; the run itself is the last. What fails or cannot be is in it, not an exception.</returns>
    /// <exception cref="Problems.FairleadException">NotFound: there is no such run; Conflict: it did not succeed.</exception>
    Task<IReadOnlyList<RebuiltRun>> RebuildAsync(RunId id, Action<string> progress, CancellationToken cancellationToken);
}
