namespace Fairlead.Domain.Projects;

/// <summary>The seam to the history of the project's repository.</summary>
public interface ICommitLog
{
    /// <summary>The commits that one has and another has not, newest first.</summary>
    /// <param name="since">Full object name of the earlier one; null lists the history of the later one.</param>
    /// <param name="until">Full object name of the later one.</param>
    /// <param name="limit">How many at most.</param>
    /// <exception cref="Problems.FairleadException">NotFound: the repository does not have one of them any more.</exception>
    Task<IReadOnlyList<CommitEntry>> ListAsync(string? since, string until, int limit, CancellationToken cancellationToken);
}
