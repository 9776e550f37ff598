using Fairlead.Domain.Projects;
using Fairlead.Steps.Keys;

namespace Fairlead.Steps.Workspace;

/// <summary>Paths of code as the project file declares them, and what can be wrong with them.</summary>
internal sealed class CodePaths(string root)
{
    public bool IsInProject(string path)
    {
        var full = Path.GetFullPath(path, root);
        return full == root || full.StartsWith(root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    public string Normalize(string path) => Path.TrimEndingDirectorySeparator(Path.GetRelativePath(root, Path.GetFullPath(path, root)));

    /// <summary>The files at or below a declared path.</summary>
    public IReadOnlyList<string> Find(FileListing listing, string path) => IsInProject(path) ? listing.Below(Normalize(path)) : [];

    /// <param name="subject">Such as <c>Step 'train'</c>.</param>
    /// <param name="files">What <see cref="Find"/> gave.</param>
    /// <returns>One sentence, or null.</returns>
    public string? ProblemWith(string path, string subject, IReadOnlyList<string> files)
    {
        if (!IsInProject(path))
            return $"{subject} declares the code '{path}', which is outside the project; declare paths below the folder of '{StateFolder.ProjectFileName}'.";
        if (files.Count > 0)
        {
            // git lists a submodule, and a link to a folder, as one path.
            var folder = files.FirstOrDefault(file => Directory.Exists(Path.Combine(root, file)));
            return folder is null ? null : $"{subject} declares the code '{path}', in which '{folder}' is a submodule or a link to a folder; declare the folder that it stands for.";
        }

        return Path.Exists(Path.Combine(root, path))
            ? $"{subject} declares the code '{path}', of which git ignores everything or which is empty; change .gitignore, or declare something else."
            : $"{subject} declares the code '{path}', which does not exist; create it or correct `code`.";
    }
}
