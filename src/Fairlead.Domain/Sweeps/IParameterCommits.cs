using Fairlead.Domain.Projects;

namespace Fairlead.Domain.Sweeps;

/// <summary>The seam to writing parameters of steps into the project file.</summary>
public interface IParameterCommits
{
    /// <summary>Writes the values into the project file and commits that file alone.</summary>
    /// <param name="message">Of the commit; the first line is its subject.</param>
    /// <returns>The commit, or null when the file has these values already.</returns>
    /// <exception cref="Problems.FairleadException">Conflict: the project file has changes that are not committed; Failed: git refuses the commit, and the file is as it was.</exception>
    Task<CommitState?> CommitAsync(IReadOnlyList<ParameterChange> changes, string message, CancellationToken cancellationToken);
}
