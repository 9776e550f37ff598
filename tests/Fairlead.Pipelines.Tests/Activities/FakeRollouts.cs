using System.Collections.Concurrent;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;

namespace Fairlead.Pipelines.Tests.Activities;

/// <summary>Rollouts that a test moves on; like the real ones they outlive who waits for them.</summary>
internal sealed class FakeRollouts : IRollouts
{
    private readonly ConcurrentDictionary<int, Rollout> all = new();
    private readonly Lock gate = new();
    private TaskCompletionSource changed = NewSignal();

    public ConcurrentQueue<string> Calls { get; } = [];

    /// <summary>True ends a rollback as soon as it is ordered.</summary>
    public bool RollsBackAtOnce { get; init; } = true;

    public Task<Rollout> StartAsync(RolloutOrder order, CancellationToken cancellationToken)
    {
        var rollout = Find(order.Key) ?? Add(order.Key!, RolloutKind.Deployment, order.Environment, order.User, order.Release ?? ReleaseName.Parse("v002"));
        return Task.FromResult(Change(rollout.Number, $"start {order.Key} {order.Environment} {order.Release} {order.Strategy?.Kind}", same => same));
    }

    public Task<Rollout> RollBackAsync(RollbackOrder order, CancellationToken cancellationToken)
    {
        var back = Find(order.Key) ?? Add(order.Key!, RolloutKind.Rollback, order.Environment, order.User, ReleaseName.Parse("v001"));
        Change(back.Number, $"back {order.Key} {order.Service} {order.To}", same => same);
        return Task.FromResult(RollsBackAtOnce ? End(back.Number, RolloutOutcome.Succeeded) : back);
    }

    public Task<Rollout?> FindAsync(int number, CancellationToken cancellationToken) => Task.FromResult(all.GetValueOrDefault(number));

    public Task<Rollout?> FindByKeyAsync(string key, CancellationToken cancellationToken) => Task.FromResult(Find(key));

    public Task<IReadOnlyList<Rollout>> ListAsync(string? environment, int limit, CancellationToken cancellationToken) => Task.FromResult<IReadOnlyList<Rollout>>([.. all.Values]);

    public async Task<Rollout> WaitAsync(int number, long revision, TimeSpan timeout, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task next;
            lock (gate)
                next = changed.Task;
            if (all[number] is var rollout && (rollout.Revision > revision || rollout.IsEnded))
                return rollout;
            await next.WaitAsync(cancellationToken);
        }
    }

    public Task<Rollout> PauseAsync(int number, string user, CancellationToken cancellationToken) =>
        Task.FromResult(Change(number, $"pause {user}", rollout => rollout with { IsPaused = true, Note = $"Paused by {user}." }));

    public Task<Rollout> ResumeAsync(int number, string user, CancellationToken cancellationToken) =>
        Task.FromResult(Change(number, $"resume {user}", rollout => rollout with { IsPaused = false, Note = null }));

    public Task<Rollout> PromoteAsync(int number, string user, CancellationToken cancellationToken) => Task.FromResult(Change(number, $"promote {number} by {user}", rollout => rollout));

    public Task<Rollout> AbortAsync(int number, string user, CancellationToken cancellationToken)
    {
        if (all[number].IsEnded)
            throw FairleadException.Conflict("It has ended.");
        return Task.FromResult(Change(number, $"abort {user}", rollout => rollout with { AbortedBy = user }));
    }

    public Rollout End(int number, RolloutOutcome outcome, string? reason = null, ProblemKind? problem = null) =>
        Change(number, null, rollout => rollout with { Phase = RolloutPhase.Ended, Outcome = outcome, Reason = reason, Problem = problem, IsPaused = false });

    /// <summary>Something happened to it.</summary>
    public Rollout Touch(int number) => Change(number, null, rollout => rollout);

    /// <summary>Completes when something was asked for.</summary>
    public async Task UntilAsync(string call)
    {
        while (true)
        {
            Task next;
            lock (gate)
                next = changed.Task;
            if (Calls.Any(made => made.StartsWith(call, StringComparison.Ordinal)))
                return;
            await next.WaitAsync(TestContext.Current.CancellationToken);
        }
    }

    private Rollout? Find(string? key) => all.Values.FirstOrDefault(rollout => rollout.Key == key);

    private Rollout Add(string key, RolloutKind kind, string environment, string user, ReleaseName release)
    {
        var number = all.Count + 1;
        all[number] = new Rollout
        {
            Number = number,
            Key = key,
            Kind = kind,
            Environment = environment,
            Release = release,
            Strategy = Strategy.BlueGreen,
            Targets = [new RolloutTarget { Service = "late", Candidate = new ServerGroupName("late", environment, 2), Stable = new ServerGroupName("late", environment, 1) }],
            Steps = [new RolloutStep([], TimeSpan.Zero), new RolloutStep([], TimeSpan.Zero)],
            Phase = RolloutPhase.Preparing,
            StartedAt = Sample.Start,
            StartedBy = user,
        };
        return all[number];
    }

    private Rollout Change(int number, string? call, Func<Rollout, Rollout> change)
    {
        lock (gate)
        {
            var now = all[number] = change(all[number]) with { Revision = all[number].Revision + 1 };
            if (call is not null)
                Calls.Enqueue(call);
            changed.SetResult();
            changed = NewSignal();
            return now;
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
