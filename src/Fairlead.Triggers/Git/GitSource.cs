using System.Text.Json;
using System.Text.Json.Nodes;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Triggers.Definitions;
using Fairlead.Triggers.Sources;

namespace Fairlead.Triggers.Git;

/// <summary>Commits and tags that came to a repository.</summary>
/// <param name="project">History of the project's own repository, which says where in it the project lies.</param>
internal sealed class GitSource(TriggerContext trigger, IGitRepository repository, GitHistory project, GitProgram git, PushNotes notes, TimeProvider time) : ITriggerSource
{
    /// <summary>At one look; of more, the newest.</summary>
    internal const int MostAtOnce = 100;

    private const string Heads = "refs/heads/";
    private const string Tags = "refs/tags/";
    private static readonly TimeSpan LocalInterval = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RemoteInterval = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ToldInterval = TimeSpan.FromMinutes(10);

    private readonly TriggerSettings settings = trigger.Settings;
    private readonly PatternList branches = new(trigger.Settings.Texts("branch"));
    private readonly PatternList tags = new(trigger.Settings.Texts("tag"));
    private readonly IReadOnlyList<string> paths = trigger.Settings.Texts("paths");
    private readonly PatternList pathPatterns = new(trigger.Settings.Texts("paths"));
    private readonly GitHistory history = new(repository.Folder, git);

    /// <summary>The cursor of the last listing.</summary>
    private string? listed;

    private bool IsRemote => settings.Text("url") is not null;

    private bool HasTags => settings.Texts("tag").Count > 0;

    private bool HasBranches => settings.Texts("branch").Count > 0 || !HasTags;

    public string Source => $"{settings.Text("url")} {string.Join(',', settings.Texts("branch"))} {string.Join(',', settings.Texts("tag"))}";

    public TimeSpan? Interval => settings.Duration("interval") ?? (!IsRemote ? LocalInterval : settings.Text("webhook") is null ? RemoteInterval : ToldInterval);

    public async Task<TriggerLook?> LookAsync(string? cursor, CancellationToken cancellationToken)
    {
        // Only when what was seen last was kept as well.
        if (cursor is not null && cursor == listed && !repository.MayHaveChanged())
            return null;
        var found = await repository.ListAsync(cancellationToken).ConfigureAwait(false);
        var now = new GitCursor(new SortedDictionary<string, string>(found.Where(one => one.Key.StartsWith(Heads, StringComparison.Ordinal) || IsWanted(one.Key)).ToDictionary(), StringComparer.Ordinal));
        var text = listed = JsonSerializer.Serialize(now, CursorJson.Default.GitCursor);
        if (text == cursor)
            return null;
        if (cursor is null)
        {
            // What is there already is old; that it can be had is found out now rather than at the first push.
            await repository.FetchAsync([.. now.Refs.Keys.Where(name => name.StartsWith(Heads, StringComparison.Ordinal) && IsWanted(name))], cancellationToken).ConfigureAwait(false);
            return new TriggerLook(text, []);
        }

        var last = JsonSerializer.Deserialize(cursor, CursorJson.Default.GitCursor)!.Refs;
        var changed = now.Refs.Where(one => IsWanted(one.Key) && last.GetValueOrDefault(one.Key) != one.Value).ToList();
        if (changed.Count > 0)
            await repository.FetchAsync([.. changed.Select(one => one.Key)], cancellationToken).ConfigureAwait(false);
        var orders = new List<FiringOrder>();
        foreach (var (name, commit) in changed)
            orders.AddRange(name.StartsWith(Tags, StringComparison.Ordinal) ? await TagAsync(name, commit, cancellationToken).ConfigureAwait(false) : await BranchAsync(name, commit, last, cancellationToken).ConfigureAwait(false));
        return new TriggerLook(text, orders.Count > MostAtOnce ? orders[^MostAtOnce..] : orders);
    }

    private bool IsWanted(string name) =>
        name.StartsWith(Tags, StringComparison.Ordinal) ? HasTags && tags.IsMatch(name[Tags.Length..])
        : name.StartsWith(Heads, StringComparison.Ordinal) && HasBranches && branches.IsMatch(name[Heads.Length..]);

    private async Task<IEnumerable<FiringOrder>> TagAsync(string name, string commit, CancellationToken cancellationToken)
    {
        if (!await HasPathAsync([commit], cancellationToken).ConfigureAwait(false))
            return [];
        var tag = name[Tags.Length..];
        var described = await history.DescribeAsync([commit], cancellationToken).ConfigureAwait(false);
        return described.Select(one => Order($"{name} {commit}", one, tag, new JsonObject { ["tag"] = tag }));
    }

    private async Task<IEnumerable<FiringOrder>> BranchAsync(string name, string commit, IReadOnlyDictionary<string, string> last, CancellationToken cancellationToken)
    {
        // A branch that is new brings what no branch had; one that is known also what another one had that is not looked at.
        var isKnown = last.ContainsKey(name);
        var known = last.Where(one => !isKnown || IsWanted(one.Key)).Select(one => one.Value);
        var fresh = await history.ListNewAsync(commit, known, MostAtOnce * 10, cancellationToken).ConfigureAwait(false);
        if (fresh.Count == 0 && isKnown)
            return [];
        if (fresh.Count == 0)
            fresh = [commit];
        IEnumerable<string> fired = settings.Text("each") == "commit" ? await WithPathAsync(fresh, cancellationToken).ConfigureAwait(false)
            : await HasPathAsync(fresh, cancellationToken).ConfigureAwait(false) ? [commit] : [];
        var branch = name[Heads.Length..];
        var described = await history.DescribeAsync([.. fired.TakeLast(MostAtOnce)], cancellationToken).ConfigureAwait(false);
        return described.Select(one => Order($"commit {one.Name}", one, branch, new JsonObject { ["branch"] = branch }));
    }

    private async Task<IReadOnlyList<string>> WithPathAsync(IReadOnlyList<string> commits, CancellationToken cancellationToken)
    {
        if (paths.Count == 0)
            return commits;
        var found = new List<string>();
        foreach (var commit in commits)
        {
            if (await HasPathAsync([commit], cancellationToken).ConfigureAwait(false))
                found.Add(commit);
        }

        return found;
    }

    private async Task<bool> HasPathAsync(IReadOnlyList<string> commits, CancellationToken cancellationToken)
    {
        if (paths.Count == 0)
            return true;
        // Another repository has the project where this one has it, unless it is not the project's at all.
        var prefix = IsRemote && settings.Text("run") == "workspace" ? "" : await project.PrefixAsync(cancellationToken).ConfigureAwait(false);
        var changed = await history.ListChangedAsync(commits, cancellationToken).ConfigureAwait(false);
        return changed.Any(path => path.StartsWith(prefix, StringComparison.Ordinal) && pathPatterns.IsMatch(path[prefix.Length..]));
    }

    private FiringOrder Order(string key, GitCommit commit, string shortRef, JsonObject data)
    {
        var note = notes.Find(commit.Name);
        data["commit"] = commit.Name;
        data["message"] = commit.Message;
        data["author"] = commit.Author;
        var cause = new ExecutionCause("git", note?.By ?? commit.Author, $"{shortRef} {commit.Short}: {commit.Message}")
        {
            Commit = commit.Name,
            Ref = shortRef,
            Message = commit.Message,
            Author = commit.Author,
            Link = note?.Link,
        };
        return trigger.Fire(key, time.GetUtcNow(), cause, data, settings.Text("run") == "workspace" ? null : commit.Name);
    }
}
