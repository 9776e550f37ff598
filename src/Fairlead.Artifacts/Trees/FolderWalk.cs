using Fairlead.Artifacts.Files;
using Fairlead.Domain.Problems;

namespace Fairlead.Artifacts.Trees;

/// <summary>
/// Finds the files of a folder. A symbolic link is followed while it stays inside the folder, and refused when it leaves it:
/// a tree holds bytes only, and what lies outside was not asked for.
/// </summary>
internal sealed class FolderWalk
{
    private readonly string root;
    private readonly List<FoundFile> found = [];
    private readonly HashSet<string> open = new(StringComparer.Ordinal);

    private FolderWalk(string root) => this.root = RealPath.Of(root) ?? throw FairleadException.NotFound($"There is no folder '{root}'; check the path.");

    public static IReadOnlyList<FoundFile> All(string root, CancellationToken cancellationToken)
    {
        var walk = new FolderWalk(root);
        walk.Enter(walk.root, "", cancellationToken);
        return walk.found;
    }

    public static IReadOnlyList<FoundFile> Named(string root, IReadOnlyCollection<string> relativePaths)
    {
        var walk = new FolderWalk(root);
        foreach (var path in relativePaths)
        {
            Check(path);
            var source = walk.Resolve(Path.Combine(walk.root, path), path);
            if (FileState.Of(source) is { Kind: FileKind.Folder })
                throw FairleadException.Invalid($"'{path}' in '{root}' is a folder, or leads to one, where a file was expected; name the files in it.");
            walk.found.Add(new FoundFile(path, source));
        }

        return walk.found;
    }

    private static void Check(string path)
    {
        if (TreePath.Problem(path) is { } problem)
            throw FairleadException.Invalid($"The file '{path}' cannot be stored because of its name: {problem}; rename it.");
    }

    /// <param name="folder">A real path.</param>
    /// <param name="prefix">Empty, or ends with '/'.</param>
    private void Enter(string folder, string prefix, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!open.Add(folder))
            throw FairleadException.Invalid($"The symbolic link '{prefix.TrimEnd('/')}' in '{root}' leads back into a folder that it lies in; remove it.");
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            var path = prefix + entry.Name;
            Check(path);
            var isLink = (entry.Attributes & FileAttributes.ReparsePoint) != 0;
            var source = isLink ? Resolve(entry.FullName, path) : entry.FullName;
            if (FileState.Of(source) is { Kind: FileKind.Folder })
                Enter(source, path + "/", cancellationToken);
            else
                found.Add(new FoundFile(path, source));
        }

        open.Remove(folder);
    }

    private string Resolve(string source, string path)
    {
        var real = RealPath.Of(source)
            ?? throw FairleadException.NotFound($"There is no file '{path}' in '{root}', or it is a symbolic link that leads nowhere; restore or remove it.");
        return RealPath.IsWithin(real, root)
            ? real
            : throw FairleadException.Invalid($"The symbolic link '{path}' in '{root}' leads out of the folder, to '{real}'; put a copy of the file in its place.");
    }
}
