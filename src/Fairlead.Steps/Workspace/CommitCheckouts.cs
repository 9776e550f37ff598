using System.Text;
using System.Text.RegularExpressions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Steps.Execution;
using Fairlead.Steps.Keys;
using Fairlead.Steps.Rebuilding;
using Microsoft.Extensions.Logging;

namespace Fairlead.Steps.Workspace;

/// <summary>
/// The project at commits: its file read without a checkout, its tree checked out below the state folder, once for all who need it. A commit is looked for
/// in the project's repository and in the mirrors of other repositories. Safe for use by many at once.
/// </summary>
public sealed partial class CommitCheckouts(GitWorkspace workspace, IProjectReader reader, StateFolder state, ILogger<CommitCheckouts> logger) : IProjectCommits
{
    /// <summary>Checkouts that nobody uses and that stay for who comes next.</summary>
    internal const int Kept = 4;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly Dictionary<string, Place> places = new(StringComparer.Ordinal);
    private readonly KeyLocks locks = new();
    private long uses;

    public async Task<ProjectSnapshot> ReadAsync(string revision, CancellationToken cancellationToken)
    {
        var (repository, commit) = await FindAsync(revision, cancellationToken);
        var prefix = await PrefixAsync(cancellationToken);
        var file = await GitCommand.RunAsync(repository, ["cat-file", "blob", $"{commit}:{prefix}{StateFolder.ProjectFileName}"], cancellationToken);
        if (file.ExitCode != 0)
            throw FairleadException.Invalid($"The commit '{Short(commit)}' has no '{prefix}{StateFolder.ProjectFileName}', so that there is no pipeline to execute; name a commit of the project.");
        var text = TextOf(file.Output, commit);
        var reading = reader.Read(text);
        return reading.Succeeded
            ? new ProjectSnapshot(reading.Project, text, new CommitState(commit, null, null))
            : throw FairleadException.Invalid(string.Join('\n', reading.Problems.Select(problem => $"{StateFolder.ProjectFileName} at {Short(commit)}:{problem}")));
    }

    /// <summary>Checks the commit out, unless it is already.</summary>
    /// <param name="commit">Full object name, or what git resolves to one.</param>
    /// <exception cref="FairleadException">NotFound: no such commit; Failed: it cannot be checked out.</exception>
    public async Task<ProjectCheckout> TakeAsync(string commit, CancellationToken cancellationToken)
    {
        var (repository, name) = await FindAsync(commit, cancellationToken);
        using var held = await locks.AcquireAsync(name, cancellationToken);
        var root = Enter(name);
        try
        {
            root ??= Made(name, await CreateAsync(repository, name, cancellationToken));
            return new ProjectCheckout(new GitWorkspace(root, reader), () => Leave(name));
        }
        catch
        {
            Leave(name);
            throw;
        }
    }

    /// <summary>Removes what a predecessor left, which may have ended in the middle of a checkout. Called once, before anything else.</summary>
    public void Recover() => FolderRemoval.TryRemove(state.Checkouts, logger);

    private async Task<string> CreateAsync(string repository, string commit, CancellationToken cancellationToken)
    {
        var folder = Path.Combine(state.Checkouts, commit);
        FolderRemoval.TryRemove(folder, logger);
        if (await CommitCheckout.TryCreateAsync(workspace.Root, commit, folder, cancellationToken, repository) is { } root && Directory.Exists(root))
            return root;
        FolderRemoval.TryRemove(folder, logger);
        throw FairleadException.Failed($"The commit '{Short(commit)}' of '{repository}' cannot be checked out; see that its objects and those that it needs (submodules and large files apart) are there, with `git fsck`.");
    }

    private async Task<(string Repository, string Commit)> FindAsync(string revision, CancellationToken cancellationToken)
    {
        // Only the project's own repository knows what a branch is meant to be.
        var repositories = FullName().IsMatch(revision) && Directory.Exists(state.Mirrors) ? [workspace.Root, .. Directory.GetDirectories(state.Mirrors)] : new[] { workspace.Root };
        foreach (var repository in repositories)
        {
            var found = await GitCommand.RunAsync(repository, ["rev-parse", "--verify", "--quiet", "--end-of-options", $"{revision}^{{commit}}"], cancellationToken);
            if (found.ExitCode == 0)
                return (repository, Encoding.ASCII.GetString(found.Output).Trim());
        }

        throw FairleadException.NotFound($"There is no commit '{revision}' in the repository of '{workspace.Root}', nor in one that a trigger looks at; fetch it, or name another one.");
    }

    private async Task<string> PrefixAsync(CancellationToken cancellationToken)
    {
        var prefix = await GitCommand.RunAsync(workspace.Root, ["rev-parse", "--show-prefix"], cancellationToken);
        return prefix.ExitCode == 0
            ? Encoding.UTF8.GetString(prefix.Output).TrimEnd('\n')
            : throw FairleadException.Invalid($"git refuses the repository of '{workspace.Root}': {prefix.Error}");
    }

    private static string TextOf(byte[] file, string commit)
    {
        try
        {
            return Strict.GetString(file).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException e)
        {
            throw new FairleadException(ProblemKind.Invalid, $"'{StateFolder.ProjectFileName}' at {Short(commit)} is not valid UTF-8 at byte {e.Index}; save it as UTF-8.", e);
        }
    }

    private string? Enter(string commit)
    {
        lock (places)
        {
            if (!places.TryGetValue(commit, out var place))
                places.Add(commit, place = new Place());
            place.Users++;
            return place.Root;
        }
    }

    private string Made(string commit, string root)
    {
        lock (places)
            return places[commit].Root = root;
    }

    private void Leave(string commit)
    {
        lock (places)
        {
            var place = places[commit];
            place.Users--;
            place.LastUse = ++uses;
            // Within the lock: whoever wants one of them meanwhile waits, and makes it anew.
            var idle = places.Where(known => known.Value.Users == 0).OrderByDescending(known => known.Value.LastUse).ToList();
            foreach (var (name, known) in idle.Where((known, index) => index >= Kept || known.Value.Root is null))
            {
                places.Remove(name);
                if (known.Root is not null)
                    FolderRemoval.TryRemove(Path.Combine(state.Checkouts, name), logger);
            }
        }
    }

    private static string Short(string commit) => commit.Length > 10 ? commit[..10] : commit;

    [GeneratedRegex(@"\A(?:[0-9a-f]{40}|[0-9a-f]{64})\z")]
    private static partial Regex FullName();

    private sealed class Place
    {
        /// <summary>The project's folder; null until it is checked out.</summary>
        public string? Root { get; set; }

        public int Users { get; set; }

        public long LastUse { get; set; }
    }
}
