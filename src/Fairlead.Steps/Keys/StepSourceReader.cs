using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Steps.Workspace;

namespace Fairlead.Steps.Keys;

/// <summary>Reads code, scripts and tool versions before anything is executed, so that what is missing is told at once and all together.</summary>
internal sealed class StepSourceReader(GitWorkspace workspace, IArtifactStore store, ToolVersions tools)
{
    /// <exception cref="FairleadException">Invalid: everything that is missing, a line each.</exception>
    public async Task<StepSources> ReadAsync(IReadOnlyList<StepDefinition> steps, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var sources = new StepSources
        {
            Code = await ReadCodeAsync(steps, problems, cancellationToken),
            Scripts = await ReadScriptsAsync(steps, problems, cancellationToken),
            Tools = await ReadToolsAsync(steps, problems, cancellationToken),
        };
        return problems.Count == 0 ? sources : throw FairleadException.Invalid(string.Join('\n', problems));
    }

    private async Task<Dictionary<string, ArtifactRef>> ReadCodeAsync(IReadOnlyList<StepDefinition> steps, List<string> problems, CancellationToken cancellationToken)
    {
        var declared = FirstUsers(steps, step => step.Code);
        var inside = declared.Where(pair => IsInProject(pair.Key)).Select(pair => Normalize(pair.Key)).ToHashSet(StringComparer.Ordinal);
        var listing = new FileListing(await workspace.ListFilesAsync(inside, cancellationToken));
        var trees = new Dictionary<string, ArtifactRef>(StringComparer.Ordinal);
        foreach (var (path, step) in declared)
        {
            var files = IsInProject(path) ? listing.Below(Normalize(path)) : [];
            if (ProblemWithCode(path, step, files) is { } problem)
                problems.Add(problem);
            else
                trees.Add(path, await store.PutTreeAsync(workspace.Root, files, cancellationToken));
        }

        return trees;
    }

    private string? ProblemWithCode(string path, string step, IReadOnlyList<string> files)
    {
        if (!IsInProject(path))
            return $"Step '{step}' declares the code '{path}', which is outside the project; declare paths below the folder of '{StateFolder.ProjectFileName}'.";
        if (files.Count > 0)
        {
            // git lists a submodule, and a link to a folder, as one path.
            var folder = files.FirstOrDefault(file => Directory.Exists(Path.Combine(workspace.Root, file)));
            return folder is null ? null : $"Step '{step}' declares the code '{path}', in which '{folder}' is a submodule or a link to a folder; declare the folder that it stands for.";
        }

        return Path.Exists(Path.Combine(workspace.Root, path))
            ? $"Step '{step}' declares the code '{path}', of which git ignores everything or which is empty; change .gitignore, or declare something else."
            : $"Step '{step}' declares the code '{path}', which does not exist; create it or correct `code`.";
    }

    private async Task<Dictionary<string, byte[]>> ReadScriptsAsync(IReadOnlyList<StepDefinition> steps, List<string> problems, CancellationToken cancellationToken)
    {
        var scripts = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (path, step) in FirstUsers(steps, step => step.Sql is { } sql ? [sql] : []))
        {
            var full = Path.Combine(workspace.Root, path);
            if (IsInProject(path) && File.Exists(full))
                scripts.Add(path, await File.ReadAllBytesAsync(full, cancellationToken));
            else
                problems.Add($"Step '{step}' has the SQL script '{path}', which does not exist in the project; create it or correct `sql`.");
        }

        return scripts;
    }

    private async Task<Dictionary<string, string>> ReadToolsAsync(IReadOnlyList<StepDefinition> steps, List<string> problems, CancellationToken cancellationToken)
    {
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (tool, step) in FirstUsers(steps, step => step.Tools))
        {
            if (await tools.FindAsync(tool, cancellationToken) is { } version)
                versions.Add(tool, version);
            else
                problems.Add($"Step '{step}' needs the tool '{tool}', which is not on PATH; install it or correct `tools`.");
        }

        return versions;
    }

    /// <summary>Each distinct thing that steps declare, with the first step that does, for messages.</summary>
    private static Dictionary<string, string> FirstUsers(IReadOnlyList<StepDefinition> steps, Func<StepDefinition, IReadOnlyList<string>> declared)
    {
        var users = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var step in steps)
        {
            foreach (var name in declared(step))
                users.TryAdd(name, step.Name);
        }

        return users;
    }

    private bool IsInProject(string path)
    {
        var full = Path.GetFullPath(path, workspace.Root);
        return full == workspace.Root || full.StartsWith(workspace.Root + Path.DirectorySeparatorChar, StringComparison.Ordinal);
    }

    private string Normalize(string path) =>
        Path.TrimEndingDirectorySeparator(Path.GetRelativePath(workspace.Root, Path.GetFullPath(path, workspace.Root)));
}
