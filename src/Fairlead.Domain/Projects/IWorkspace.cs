namespace Fairlead.Domain.Projects;

/// <summary>The seam to the git repository that holds the project.</summary>
public interface IWorkspace
{
    /// <summary>Absolute path of the folder that holds the project file.</summary>
    string Root { get; }

    /// <summary>Reads the project file and the state of the repository, anew at each call.</summary>
    /// <exception cref="Problems.FairleadException">Invalid: no git repository, no commit yet, no project file, or the problems of the project file, all of them, a line each.</exception>
    Task<ProjectSnapshot> ReadAsync(CancellationToken cancellationToken);
}
