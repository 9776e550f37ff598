using System.Collections.Concurrent;
using System.Text.Json;
using Fairlead.Delivery.Rollouts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Records;
using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Measures;

/// <summary>Reads what happened, and measures it. What cannot change any more is remembered.</summary>
public sealed class DeliveryReader(IRecordCatalog records, IReleaseCatalog releases, IServerGroupCatalog groups, IExecutionCatalog executions, ICommitLog commits, TimeProvider time)
{
    private const int MostCommits = 1_000;
    private const int ExecutionPage = 500;
    private const int MostRemembered = 50_000;
    private const string JudgmentKind = "judgment";
    private const string Evidence = "evidence";

    /// <summary>What began so long before a period may have ended in it.</summary>
    private static readonly TimeSpan Before = TimeSpan.FromDays(30);
    private readonly RolloutStore rollouts = new(records);
    private readonly ConcurrentDictionary<(string? Since, string Until), IReadOnlyList<ChangeTime>> knownChanges = new();
    private readonly ConcurrentDictionary<(int Number, DateTimeOffset FinishedAt), IReadOnlyList<JudgmentWait>> knownWaits = new();

    /// <summary>Measures the time since a moment.</summary>
    /// <param name="environment">Only this one; null for all.</param>
    public async Task<DeliveryReport> ReadAsync(string? environment, DateTimeOffset since, CancellationToken cancellationToken)
    {
        var until = time.GetUtcNow();
        var found = await rollouts.ListSinceAsync(since - Before, cancellationToken).ConfigureAwait(false);
        var notes = new SortedSet<string>(StringComparer.Ordinal);
        var changes = new Dictionary<int, IReadOnlyList<ChangeTime>>();
        foreach (var rollout in found.Where(rollout => rollout.Kind == RolloutKind.Deployment && (environment is null || rollout.Environment == environment) && RolloutTimes.Live(rollout) >= since))
            changes[rollout.Number] = await ChangesAsync(rollout, notes, cancellationToken).ConfigureAwait(false);
        return DeliveryMeasures.Of(new DeliveryHistory(found, changes, await WaitsAsync(since, cancellationToken).ConfigureAwait(false)), environment, since, until, [.. notes]);
    }

    /// <summary>The commits that the release has and what was live before has not; of the very first release its own.</summary>
    private async Task<IReadOnlyList<ChangeTime>> ChangesAsync(Rollout rollout, SortedSet<string> notes, CancellationToken cancellationToken)
    {
        if (await releases.FindAsync(rollout.Release, cancellationToken).ConfigureAwait(false) is not { } release)
            return [];
        string? earlier = null;
        foreach (var stable in rollout.Targets.Select(target => target.Stable).OfType<ServerGroupName>())
        {
            if (await groups.FindAsync(stable, cancellationToken).ConfigureAwait(false) is { } group && await releases.FindAsync(group.Release, cancellationToken).ConfigureAwait(false) is { } before)
                earlier ??= before.Commit.Commit;
        }

        var (since, until) = (earlier, release.Commit.Commit);
        if (since == until)
            return [];
        if (knownChanges.TryGetValue((since, until), out var known))
            return known;
        try
        {
            var found = await commits.ListAsync(since, until, since is null ? 1 : MostCommits, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<ChangeTime> changes = [.. found.Select(commit => new ChangeTime(commit.Commit, commit.At))];
            if (knownChanges.Count < MostRemembered)
                knownChanges.TryAdd((since, until), changes);
            return changes;
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.NotFound)
        {
            notes.Add($"The lead time of release {release.Name} is not known: {e.Message}");
            return [];
        }
    }

    private async Task<IReadOnlyList<JudgmentWait>> WaitsAsync(DateTimeOffset since, CancellationToken cancellationToken)
    {
        var waits = new List<JudgmentWait>();
        for (int? before = null; ;)
        {
            var page = await executions.ListAsync(new ExecutionFilter { Before = before, Limit = ExecutionPage }, cancellationToken).ConfigureAwait(false);
            foreach (var summary in page.Where(summary => summary.FinishedAt is not { } end || end >= since))
                waits.AddRange(await WaitsAsync(summary, cancellationToken).ConfigureAwait(false));
            if (page.Count < ExecutionPage || page[^1].CreatedAt < since - Before)
                return waits;
            before = page[^1].Number;
        }
    }

    private async Task<IReadOnlyList<JudgmentWait>> WaitsAsync(ExecutionSummary summary, CancellationToken cancellationToken)
    {
        if (summary.FinishedAt is { } end && knownWaits.TryGetValue((summary.Number, end), out var known))
            return known;
        if (await executions.FindAsync(summary.Number, cancellationToken).ConfigureAwait(false) is not { } execution)
            return [];
        IReadOnlyList<JudgmentWait> waits = [.. execution.Plan.Stages.Zip(execution.State.Stages)
            .Where(pair => pair.First.Kind == JudgmentKind && pair.Second.Find(Evidence) is not null)
            .Select(pair => new JudgmentWait(EnvironmentOf(pair.First.Settings), pair.Second.Find(Evidence)!.FinishedAt, pair.Second.IsSettled ? pair.Second.FinishedAt : null))];
        if (summary.FinishedAt is { } finished && knownWaits.Count < MostRemembered)
            knownWaits.TryAdd((summary.Number, finished), waits);
        return waits;
    }

    private static string? EnvironmentOf(JsonElement settings) =>
        settings.TryGetProperty("environment", out var named) && named.ValueKind == JsonValueKind.String && !named.GetString()!.Contains("${{", StringComparison.Ordinal) ? named.GetString() : null;
}
