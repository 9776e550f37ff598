using System.Text;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Steps.Workspace;

/// <summary>The project's folder within a git work tree, read with the <c>git</c> program: two processes a reading.</summary>
public sealed class GitWorkspace : IWorkspace
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly IProjectReader reader;

    /// <param name="root">The folder that holds the project file.</param>
    public GitWorkspace(string root, IProjectReader reader)
    {
        Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        this.reader = reader;
    }

    public string Root { get; }

    /// <summary>The nearest folder, from <paramref name="folder"/> upwards, that holds a project file; <paramref name="folder"/> itself when none does.</summary>
    public static string FindRoot(string folder)
    {
        var start = Path.GetFullPath(folder);
        for (var candidate = start; candidate is not null; candidate = Path.GetDirectoryName(candidate))
        {
            if (File.Exists(Path.Combine(candidate, StateFolder.ProjectFileName)))
                return candidate;
        }

        return start;
    }

    public async Task<ProjectSnapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var top = await FindTopAsync(cancellationToken);
        var text = await ReadProjectFileAsync(cancellationToken);
        HideStateFolder();
        var commit = await ReadCommitAsync(top, cancellationToken);
        var reading = reader.Read(text);
        if (!reading.Succeeded)
            throw FairleadException.Invalid(string.Join('\n', reading.Problems.Select(problem => $"{StateFolder.ProjectFileName}:{problem}")));
        return new ProjectSnapshot(reading.Project, text, commit);
    }

    /// <summary>The files at or below the given paths that git tracks or would track, as they are in the work tree, sorted (ordinal).</summary>
    /// <param name="paths">Relative to <see cref="Root"/>; what does not exist yields nothing.</param>
    internal async Task<IReadOnlyList<string>> ListFilesAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        if (paths.Count == 0)
            return [];
        var listing = await GitCommand.RunAsync(
            Root,
            ["-c", "core.fsmonitor=false", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate", "--", .. paths],
            cancellationToken);
        if (listing.ExitCode != 0)
            throw FairleadException.Invalid($"git could not list the files of the project in '{Root}': {listing.Error}");
        return
        [
            .. Encoding.UTF8.GetString(listing.Output)
                .Split('\0', StringSplitOptions.RemoveEmptyEntries)
                .Where(path => Path.Exists(Path.Combine(Root, path)))
                .Distinct(StringComparer.Ordinal)
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>Whether git ignores the path or something below it.</summary>
    /// <param name="path">Relative to <see cref="Root"/>.</param>
    internal async Task<bool> HasIgnoredAsync(string path, CancellationToken cancellationToken)
    {
        var listing = await GitCommand.RunAsync(Root, ["-c", "core.fsmonitor=false", "ls-files", "-z", "--others", "--ignored", "--exclude-standard", "--directory", "--", path], cancellationToken);
        return listing.ExitCode == 0
            ? listing.Output.Length > 0
            : throw FairleadException.Invalid($"git could not list the files of the project in '{Root}': {listing.Error}");
    }

    private async Task<string> FindTopAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Root))
            throw FairleadException.Invalid($"There is no folder '{Root}'; create it, or start in the folder of a project.");
        var found = await GitCommand.RunAsync(Root, ["rev-parse", "--show-toplevel"], cancellationToken);
        if (found.ExitCode == 0)
            return Encoding.UTF8.GetString(found.Output).TrimEnd('\n');
        throw found.Error.Contains("not a git repository", StringComparison.Ordinal)
            ? FairleadException.Invalid($"'{Root}' is in no git repository; run `git init` there and commit the project first.")
            : FairleadException.Invalid($"git refuses the repository of '{Root}': {found.Error}");
    }

    private async Task<string> ReadProjectFileAsync(CancellationToken cancellationToken)
    {
        try
        {
            var bytes = await File.ReadAllBytesAsync(Path.Combine(Root, StateFolder.ProjectFileName), cancellationToken);
            return StrictUtf8.GetString(bytes).TrimStart('\uFEFF');
        }
        catch (FileNotFoundException e)
        {
            throw new FairleadException(ProblemKind.Invalid, $"There is no '{StateFolder.ProjectFileName}' in '{Root}'; run `fairlead init` to write one.", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new FairleadException(ProblemKind.Invalid, $"'{StateFolder.ProjectFileName}' is not valid UTF-8 at byte {e.Index}; save it as UTF-8.", e);
        }
    }

    /// <summary>The state folder ignores itself, so that no repository needs a line for it.</summary>
    private void HideStateFolder()
    {
        var folder = new StateFolder(Root).Root;
        var ignore = Path.Combine(folder, ".gitignore");
        if (File.Exists(ignore))
            return;
        Directory.CreateDirectory(folder);
        File.WriteAllText(ignore, "*\n");
    }

    private async Task<CommitState> ReadCommitAsync(string top, CancellationToken cancellationToken)
    {
        var output = await GitCommand.RunAsync(Root, GitStatus.Arguments, cancellationToken);
        if (output.ExitCode != 0)
            throw FairleadException.Invalid($"git could not tell the state of '{Root}': {output.Error}");
        var status = GitStatus.Parse(output.Output);
        if (status.Commit is null)
            throw FairleadException.Invalid($"The repository of '{Root}' has no commit yet; commit first, for example with `git add -A && git commit -m start`.");
        Digest? dirty = status.ChangedPaths.Count == 0 ? null : await DirtyDigest.ComputeAsync(top, status.ChangedPaths, cancellationToken);
        return new CommitState(status.Commit, status.Branch, dirty);
    }
}
