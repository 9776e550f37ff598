using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Fairlead.Steps.Keys;
using Fairlead.Steps.Workspace;

namespace Fairlead.Steps.Rebuilding;

/// <summary>Finds what a run took from the work tree and the machine: in a checkout of its commit, or, when it was never committed, in the store, which keeps all code by digest.</summary>
/// <param name="folder">Where commits are checked out.</param>
internal sealed class RecordedSources(GitWorkspace workspace, IProjectReader reader, IArtifactStore store, ToolVersions tools, string? sqlEngine, string folder)
{
    /// <summary>The project's folder in the checkout of each commit; null for a commit that is gone.</summary>
    private readonly Dictionary<string, string?> checkouts = new(StringComparer.Ordinal);

    /// <param name="notes">Gets what is otherwise than then.</param>
    /// <returns>Also whether tools, platform or engine are others than then.</returns>
    /// <exception cref="FairleadException">NotFound: something is not there any more.</exception>
    public async Task<(StepDefinition Step, StepSources Sources, bool HasOtherTools)> FindAsync(Run run, List<string> notes, CancellationToken cancellationToken)
    {
        var checkout = await CheckOutAsync(run.Commit.Commit, cancellationToken);
        if (checkout is null)
            notes.Add($"the commit '{run.Commit.Short}' is not in the repository any more");
        var definition = await DefinitionAsync(run.Id.Step, checkout, cancellationToken);
        var step = RecordedStep.Of(run, definition?.Timeout ?? StepDefinition.DefaultTimeout, definition?.Resources ?? StepResources.Unlimited);
        var code = new Dictionary<string, ArtifactRef>(StringComparer.Ordinal);
        foreach (var (path, recorded) in RecordedStep.Named(run, KeyParts.CodePrefix))
            code.Add(path, await FindCodeAsync(run, path, Digest.Parse(recorded), checkout, notes, cancellationToken));
        var scripts = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        if (step.Sql is { } script)
            scripts.Add(script, await FindScriptAsync(run, script, checkout, cancellationToken));
        var before = notes.Count;
        await CompareMachineAsync(run, notes, cancellationToken);
        return (step, new StepSources { Code = code, Scripts = scripts, Tools = new Dictionary<string, string>() }, notes.Count > before);
    }

    private async Task<string?> CheckOutAsync(string commit, CancellationToken cancellationToken)
    {
        if (!checkouts.TryGetValue(commit, out var root))
            checkouts[commit] = root = await CommitCheckout.TryCreateAsync(workspace.Root, commit, Path.Combine(folder, commit), cancellationToken);
        return root;
    }

    /// <summary>What limits it, which is no part of its key and stands in the project file of its commit; null when that has no such step.</summary>
    private async Task<StepDefinition?> DefinitionAsync(string step, string? checkout, CancellationToken cancellationToken)
    {
        if (checkout is null || Path.Combine(checkout, StateFolder.ProjectFileName) is not { } path || !File.Exists(path))
            return null;
        var project = reader.Read(await File.ReadAllTextAsync(path, cancellationToken)).Project;
        return project?.Steps.FirstOrDefault(known => known.Name == step);
    }

    private async Task<ArtifactRef> FindCodeAsync(Run run, string path, Digest recorded, string? checkout, List<string> notes, CancellationToken cancellationToken)
    {
        if (checkout is not null && Directory.Exists(checkout) && await ReadCodeAsync(path, checkout, cancellationToken) is { } committed && committed.Digest == recorded)
            return committed;
        var kept = new ArtifactRef(ArtifactKind.Tree, recorded, 0);
        if (!store.Contains(kept))
            throw FairleadException.NotFound($"The code '{path}' of {run.Id} is not as in the commit '{run.Commit.Short}', and the store does not hold it any more.");
        notes.Add($"the code '{path}' was never committed so, and is taken from the store");
        return kept;
    }

    private async Task<ArtifactRef?> ReadCodeAsync(string path, string checkout, CancellationToken cancellationToken)
    {
        var paths = new CodePaths(checkout);
        if (!paths.IsInProject(path))
            return null;
        var listing = new FileListing(await new GitWorkspace(checkout, reader).ListFilesAsync([paths.Normalize(path)], cancellationToken));
        var files = paths.Find(listing, path);
        return files.Count == 0 || paths.ProblemWith(path, "", files) is not null ? null : await store.PutTreeAsync(checkout, files, cancellationToken);
    }

    private async Task<byte[]> FindScriptAsync(Run run, string path, string? checkout, CancellationToken cancellationToken)
    {
        var file = checkout is null ? null : Path.Combine(checkout, path);
        if (file is not null && File.Exists(file) && await File.ReadAllBytesAsync(file, cancellationToken) is var bytes
            && Digest.Of(bytes).ToString() == RecordedStep.ValueOf(run, KeyParts.Script))
            return bytes;
        // Of queries that make datasets the store keeps what was executed.
        if (run.Id.Step.StartsWith(DatasetDefinition.RunPrefix, StringComparison.Ordinal) && Digest.TryParse(RecordedStep.ValueOf(run, KeyParts.Script), out var digest))
            return await store.ReadAsync(digest, cancellationToken);
        throw FairleadException.NotFound($"The SQL '{path}' of {run.Id} is not in the commit '{run.Commit.Short}': it was changed and not committed then, or the commit is gone.");
    }

    private async Task CompareMachineAsync(Run run, List<string> notes, CancellationToken cancellationToken)
    {
        foreach (var (tool, then) in RecordedStep.Named(run, KeyParts.ToolPrefix))
        {
            var now = await tools.FindAsync(tool, cancellationToken)
                ?? throw FairleadException.NotFound($"The tool '{tool}', which {run.Id} needs, is not on PATH; install '{then}'.");
            if (now != then)
                notes.Add($"'{tool}' is '{now}' and was '{then}'");
        }

        if (RecordedStep.ValueOf(run, KeyParts.PlatformName) is { } platform && platform != KeyParts.Platform())
            notes.Add($"this machine is '{KeyParts.Platform()}' and that one was '{platform}'");
        if (RecordedStep.ValueOf(run, KeyParts.Engine) is { } engine && engine != sqlEngine)
            notes.Add($"the SQL engine is '{sqlEngine}' and was '{engine}'");
    }
}
