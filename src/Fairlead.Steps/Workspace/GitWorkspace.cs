using System.Text;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;

namespace Fairlead.Steps.Workspace;

/// <summary>The project's folder within a git work tree, read with the <c>git</c> program, and with nothing but a look at its files while nothing changes.</summary>
public sealed class GitWorkspace : IWorkspace
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly IProjectReader reader;
    private readonly WorkTreeReader trees;
    private volatile ParsedFile? parsed;

    /// <param name="root">The folder that holds the project file.</param>
    /// <param name="time">The clock by which the file system's times are judged; the machine's when null.</param>
    public GitWorkspace(string root, IProjectReader reader, TimeProvider? time = null)
    {
        Root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(root));
        this.reader = reader;
        trees = new WorkTreeReader(Root, time ?? TimeProvider.System);
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

    public async Task<ProjectSnapshot> ReadAsync(CancellationToken cancellationToken) => (await ReadTreeAsync(cancellationToken)).Snapshot;

    /// <summary>As <see cref="ReadAsync"/>, with the files of the work tree at the same moment.</summary>
    internal async Task<(ProjectSnapshot Snapshot, WorkTree Tree)> ReadTreeAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(Root))
            throw FairleadException.Invalid($"There is no folder '{Root}'; create it, or start in the folder of a project.");
        // Without a repository nothing else matters, and nothing is left behind.
        if (!File.Exists(Path.Combine(Root, StateFolder.ProjectFileName)) || !Directory.Exists(new StateFolder(Root).Root))
            _ = await GitPlaces.FindAsync(Root, cancellationToken);
        var text = await ReadProjectFileAsync(cancellationToken);
        HideStateFolder();
        var tree = await trees.ReadAsync(cancellationToken);
        return (new ProjectSnapshot(Parse(text), text, tree.Commit), tree);
    }

    /// <summary>The work tree as it is now.</summary>
    internal Task<WorkTree> LookAsync(CancellationToken cancellationToken) => trees.ReadAsync(cancellationToken);

    /// <summary>The files at or below the given paths that git tracks or would track, as they are in the work tree, sorted (ordinal).</summary>
    /// <param name="paths">Relative to <see cref="Root"/>; what does not exist yields nothing.</param>
    internal async Task<IReadOnlyList<string>> ListFilesAsync(IReadOnlyCollection<string> paths, CancellationToken cancellationToken)
    {
        if (paths.Count == 0)
            return [];
        var files = (await LookAsync(cancellationToken)).Files;
        return [.. paths.SelectMany(files.Below).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
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

    /// <summary>The same text is read once.</summary>
    private ProjectDefinition Parse(string text)
    {
        if (parsed is { } before && before.Text == text)
            return before.Project;
        var reading = reader.Read(text);
        if (!reading.Succeeded)
            throw FairleadException.Invalid(string.Join('\n', reading.Problems.Select(problem => $"{StateFolder.ProjectFileName}:{problem}")));
        parsed = new ParsedFile(text, reading.Project);
        return reading.Project;
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

    private sealed record ParsedFile(string Text, ProjectDefinition Project);
}
