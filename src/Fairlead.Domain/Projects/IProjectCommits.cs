namespace Fairlead.Domain.Projects;

/// <summary>The seam to the project as it was at a commit, whatever the work tree holds.</summary>
public interface IProjectCommits
{
    /// <summary>Reads the project file of a commit.</summary>
    /// <param name="revision">A commit's name, or what git resolves to one, such as <c>main~1</c>.</param>
    /// <returns>Its commit is the full object name; the tree is clean.</returns>
    /// <exception cref="Problems.FairleadException">NotFound: no such commit in any repository that is known here; Invalid: no project file there, or its problems, all of them, a line each.</exception>
    Task<ProjectSnapshot> ReadAsync(string revision, CancellationToken cancellationToken);
}
