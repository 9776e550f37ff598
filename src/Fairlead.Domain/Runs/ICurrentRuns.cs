namespace Fairlead.Domain.Runs;

/// <summary>The seam that answers which recorded runs belong to the project as it is now, without running anything.</summary>
public interface ICurrentRuns
{
    /// <summary>The run whose key is the step's present key, for each of the steps.</summary>
    /// <exception cref="Problems.FairleadException">Conflict when a step, or one that it depends on, has no successful run for its present key; the message names the step, why, and <c>fairlead run</c>.</exception>
    Task<IReadOnlyDictionary<string, Run>> FindAsync(Projects.ProjectSnapshot snapshot, IReadOnlyCollection<string> steps, CancellationToken cancellationToken);
}
