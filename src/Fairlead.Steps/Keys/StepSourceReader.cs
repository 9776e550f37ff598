using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Steps.Workspace;

namespace Fairlead.Steps.Keys;

/// <summary>Reads code, scripts and tool versions before anything is executed, so that what is missing is told at once and all together.</summary>
internal sealed class StepSourceReader(GitWorkspace workspace, IArtifactStore store, ToolVersions tools)
{
    private readonly CodePaths paths = new(workspace.Root);

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
        var inside = declared.Where(pair => paths.IsInProject(pair.Key)).Select(pair => paths.Normalize(pair.Key)).ToHashSet(StringComparer.Ordinal);
        var listing = new FileListing(await workspace.ListFilesAsync(inside, cancellationToken));
        var trees = new Dictionary<string, ArtifactRef>(StringComparer.Ordinal);
        foreach (var (path, step) in declared)
        {
            var files = paths.Find(listing, path);
            if (paths.ProblemWith(path, $"Step '{step}'", files) is { } problem)
                problems.Add(problem);
            else
                trees.Add(path, await store.PutTreeAsync(workspace.Root, files, cancellationToken));
        }

        return trees;
    }

    private async Task<Dictionary<string, byte[]>> ReadScriptsAsync(IReadOnlyList<StepDefinition> steps, List<string> problems, CancellationToken cancellationToken)
    {
        var scripts = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (path, step) in FirstUsers(steps, step => step.Sql is { } sql ? [sql] : []))
        {
            var full = Path.Combine(workspace.Root, path);
            if (paths.IsInProject(path) && File.Exists(full))
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
}
