using System.Text;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Steps.Keys;

namespace Fairlead.Steps.Workspace;

/// <summary>
/// Reads the state of the repository with the <c>git</c> program, and not again while nothing changed: every file and folder of the work tree and what git
/// itself keeps of it is looked at, which costs a fraction of what git does. Safe for use by many at once.
/// </summary>
/// <param name="root">The folder that holds the project file.</param>
internal sealed class WorkTreeReader(string root, TimeProvider time)
{
    /// <summary>Paths beyond which git is asked each time: what is remembered of each takes some hundred bytes.</summary>
    private const int MostWatched = 400_000;

    private const string IgnoredPrefix = "!! ";

    private readonly SemaphoreSlim gate = new(1);
    private (WorkTree Tree, WatchedPaths Watched)? known;

    /// <exception cref="FairleadException">Invalid: no repository, no commit, or git refuses.</exception>
    public async Task<WorkTree> ReadAsync(CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (known is { } before && before.Watched.AreUnchanged())
                return before.Tree;
            known = null;
            var began = time.GetUtcNow();
            var places = await GitPlaces.FindAsync(root, cancellationToken);
            var status = ReadStatusAsync(places, cancellationToken);
            var listing = ListAsync(cancellationToken);
            await Task.WhenAll(status, listing);
            var (files, hasOtherRepositories) = await listing;
            var watched = hasOtherRepositories ? null : await WatchAsync(places, files, began, cancellationToken);
            var present = watched is null
                ? files.Where(file => Path.Exists(Path.Combine(root, file)))
                : files.Where((_, index) => watched[index].IsThere);
            var tree = new WorkTree(await status, new FileListing([.. present]));
            if (watched is { IsRacy: false })
                known = (tree, watched);
            return tree;
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<CommitState> ReadStatusAsync(GitPlaces places, CancellationToken cancellationToken)
    {
        var output = await GitCommand.RunAsync(root, GitStatus.Arguments, cancellationToken);
        if (output.ExitCode != 0)
            throw FairleadException.Invalid($"git could not tell the state of '{root}': {output.Error}");
        var status = GitStatus.Parse(output.Output);
        if (status.Commit is null)
            throw FairleadException.Invalid($"The repository of '{root}' has no commit yet; commit first, for example with `git add -A && git commit -m start`.");
        Digest? dirty = status.ChangedPaths.Count == 0 ? null : await DirtyDigest.ComputeAsync(places.Top, status.ChangedPaths, cancellationToken);
        return new CommitState(status.Commit, status.Branch, dirty);
    }

    /// <summary>What git tracks or would track, sorted (ordinal), and whether something of it is a repository of its own, whose changes are not seen here.</summary>
    private async Task<(IReadOnlyList<string> Files, bool HasOtherRepositories)> ListAsync(CancellationToken cancellationToken)
    {
        var listing = await GitCommand.RunAsync(
            root, ["-c", "core.fsmonitor=false", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"], cancellationToken);
        if (listing.ExitCode != 0)
            throw FairleadException.Invalid($"git could not list the files of the project in '{root}': {listing.Error}");
        var files = Encoding.UTF8.GetString(listing.Output).Split('\0', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal).ToArray();
        Array.Sort(files, StringComparer.Ordinal);
        return (files, files.Any(file => file.EndsWith('/')));
    }

    /// <summary>The files come first, in their order; null when it cannot be told by looking whether something changed.</summary>
    private async Task<WatchedPaths?> WatchAsync(GitPlaces places, IReadOnlyList<string> files, DateTimeOffset began, CancellationToken cancellationToken)
    {
        var folders = await FoldersAsync(places, cancellationToken);
        List<string> paths = [.. files.Select(file => Path.Combine(root, file)), .. folders, .. places.Files];
        // What lies in the repository and not below the project's folder decides whether the tree is clean.
        if (places.Top != root)
            paths.AddRange(folders.SelectMany(Directory.EnumerateFiles).Where(file => !file.StartsWith(root + '/', StringComparison.Ordinal)));
        if (paths.Count > MostWatched)
            return null;
        var watched = WatchedPaths.Take(paths, began);
        // A submodule is listed as a file and is a folder.
        return Enumerable.Range(0, files.Count).Any(index => watched[index].IsFolder) ? null : watched;
    }

    /// <summary>Every folder of the repository into which git looks: a file that comes or goes changes its folder.</summary>
    private static async Task<List<string>> FoldersAsync(GitPlaces places, CancellationToken cancellationToken)
    {
        // Folders that are ignored themselves: into one that merely holds nothing but ignored files, a file may come that is not.
        var ignored = await GitCommand.RunAsync(
            places.Top, ["-c", "core.fsmonitor=false", "status", "--porcelain", "-z", "--no-renames", "--untracked-files=all", "--ignored=matching"], cancellationToken);
        var left = Encoding.UTF8.GetString(ignored.Output).Split('\0', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line.StartsWith(IgnoredPrefix, StringComparison.Ordinal) && line.EndsWith('/'))
            .Select(line => Path.Combine(places.Top, line[IgnoredPrefix.Length..^1])).ToHashSet(StringComparer.Ordinal);
        left.Add(Path.Combine(places.Top, ".git"));
        var folders = new List<string>();
        var open = new Stack<string>([places.Top]);
        while (open.TryPop(out var folder) && folders.Count <= MostWatched)
        {
            cancellationToken.ThrowIfCancellationRequested();
            folders.Add(folder);
            foreach (var below in new DirectoryInfo(folder).EnumerateDirectories())
            {
                if ((below.Attributes & FileAttributes.ReparsePoint) == 0 && !left.Contains(below.FullName))
                    open.Push(below.FullName);
            }
        }

        return folders;
    }
}
