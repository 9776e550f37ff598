using Fairlead.Domain.Artifacts;

namespace Fairlead.Domain.Projects;

/// <summary>The seam to the project's own files, as git sees them: tracked ones and new ones that it does not ignore.</summary>
public interface IProjectCode
{
    /// <summary>Puts files and folders into the store as one tree, their names relative to the project.</summary>
    /// <param name="paths">As the project file declares them.</param>
    /// <param name="subject">Begins the sentence about what is missing, such as <c>Service 'briefing'</c>.</param>
    /// <exception cref="Problems.FairleadException">Invalid: a path that does not exist, lies outside the project, or of which git ignores everything; one line each.</exception>
    Task<ArtifactRef> StoreAsync(IReadOnlyList<string> paths, string subject, CancellationToken cancellationToken);

    /// <summary>Reads one text file.</summary>
    /// <exception cref="Problems.FairleadException">Invalid: it does not exist in the project or is no UTF-8.</exception>
    Task<string> ReadTextAsync(string path, string subject, CancellationToken cancellationToken);
}
