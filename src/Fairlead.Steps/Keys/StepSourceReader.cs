using System.Collections.Concurrent;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Steps.Execution.Sandboxes;
using Fairlead.Steps.Workspace;

namespace Fairlead.Steps.Keys;

/// <summary>Reads code, scripts and tool versions before anything is executed, so that what is missing is told at once and all together.</summary>
internal sealed class StepSourceReader(GitWorkspace workspace, IArtifactStore store, ToolVersions tools, StepSandboxes sandboxes)
{
    private readonly CodePaths paths = new(workspace.Root);
    private volatile StoredCode? stored;

    /// <param name="tree">The work tree as it is now.</param>
    /// <exception cref="FairleadException">Invalid: everything that is missing, a line each.</exception>
    public async Task<StepSources> ReadAsync(WorkTree tree, IReadOnlyList<StepDefinition> steps, CancellationToken cancellationToken)
    {
        var problems = new List<string>();
        var code = stored is { } before && ReferenceEquals(before.Tree, tree) ? before : stored = new StoredCode(tree);
        var sources = new StepSources
        {
            Code = await ReadCodeAsync(code, steps, problems, cancellationToken),
            EnsureAsync = (planned, ending) => EnsureAsync(code, planned.Step, ending),
            Scripts = await ReadScriptsAsync(steps, problems, cancellationToken),
            Tools = await ReadToolsAsync(steps, problems, cancellationToken),
            LockFiles = await ReadLockFilesAsync(steps, problems, cancellationToken),
            Machine = await sandboxes.CheckAsync(steps, problems, cancellationToken),
        };
        return problems.Count == 0 ? sources : throw FairleadException.Invalid(string.Join('\n', problems));
    }

    private async Task<Dictionary<string, ArtifactRef>> ReadCodeAsync(StoredCode code, IReadOnlyList<StepDefinition> steps, List<string> problems, CancellationToken cancellationToken)
    {
        var trees = new Dictionary<string, ArtifactRef>(StringComparer.Ordinal);
        foreach (var (path, step) in FirstUsers(steps, step => step.Code))
        {
            if (!code.Trees.TryGetValue(path, out var known))
            {
                var files = paths.Find(code.Tree.Files, path);
                if (paths.ProblemWith(path, $"Step '{step}'", files) is { } problem)
                {
                    problems.Add(problem);
                    continue;
                }

                known = code.Trees[path] = await store.PutTreeAsync(workspace.Root, files, cancellationToken);
            }

            trees.Add(path, known);
        }

        return trees;
    }

    /// <summary>Code that was stored by an earlier invocation may be gone from the store since.</summary>
    private async Task EnsureAsync(StoredCode code, StepDefinition step, CancellationToken cancellationToken)
    {
        foreach (var path in step.Code)
        {
            if (code.Trees.TryGetValue(path, out var tree) && !store.Contains(tree))
                await store.PutTreeAsync(workspace.Root, paths.Find(code.Tree.Files, path), cancellationToken);
        }
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

    private async Task<Dictionary<string, Digest>> ReadLockFilesAsync(IReadOnlyList<StepDefinition> steps, List<string> problems, CancellationToken cancellationToken)
    {
        var digests = new Dictionary<string, Digest>(StringComparer.Ordinal);
        foreach (var (path, step) in FirstUsers(steps, step => step.LockFiles))
        {
            var full = Path.Combine(workspace.Root, path);
            if (paths.IsInProject(path) && File.Exists(full))
                digests.Add(path, Digest.Of(await File.ReadAllBytesAsync(full, cancellationToken)));
            else
                problems.Add($"Step '{step}' pins a tool by the file '{path}', which does not exist in the project; create it or correct `tools`.");
        }

        return digests;
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

    /// <summary>What was stored of one state of the work tree.</summary>
    private sealed record StoredCode(WorkTree Tree)
    {
        /// <summary>By the path as declared.</summary>
        public ConcurrentDictionary<string, ArtifactRef> Trees { get; } = new(StringComparer.Ordinal);
    }
}
