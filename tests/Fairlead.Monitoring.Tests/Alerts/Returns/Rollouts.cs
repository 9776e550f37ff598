using Fairlead.Domain.Deployments;
using Fairlead.Domain.Releases;

namespace Fairlead.Monitoring.Tests.Alerts.Returns;

/// <summary>The rollouts of one environment, newest last, and what was asked of them.</summary>
internal sealed class Rollouts : IRollouts
{
    public List<Rollout> All { get; } = [];

    public List<string> Asked { get; } = [];

    /// <summary>Thrown once, after the way back was begun.</summary>
    public Exception? Failure { get; set; }

    public static Rollout Of(int number, RolloutKind kind, DateTimeOffset at) => new()
    {
        Number = number,
        Key = $"k{number}",
        Kind = kind,
        Environment = "prod",
        Release = new ReleaseName(number),
        Strategy = Strategy.BlueGreen,
        Targets = [new RolloutTarget { Service = "late" }],
        Steps = [new RolloutStep([], TimeSpan.Zero)],
        Phase = RolloutPhase.Holding,
        StartedAt = at,
        StartedBy = "ada",
    };

    public Task<Rollout> RollBackAsync(RollbackOrder order, CancellationToken cancellationToken)
    {
        Asked.Add($"back {order.Environment} {order.Service} by {order.User}: {order.Reason}");
        var made = Of(All.Count + 1, RolloutKind.Rollback, All[^1].StartedAt) with { Key = order.Key! };
        All.Add(made);
        if (Failure is not { } failure)
            return Task.FromResult(made);
        Failure = null;
        throw failure;
    }

    public Task<Rollout> AbortAsync(int number, string user, CancellationToken cancellationToken)
    {
        Asked.Add($"abort {number} by {user}");
        All[number - 1] = All[number - 1] with { Phase = RolloutPhase.Returning };
        return Task.FromResult(All[number - 1]);
    }

    public Task<Rollout?> FindByKeyAsync(string key, CancellationToken cancellationToken) => Task.FromResult(All.Find(rollout => rollout.Key == key));

    public Task<IReadOnlyList<Rollout>> ListAsync(string? environment, int limit, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Rollout>>([.. All.Where(rollout => rollout.Environment == environment).Reverse().Take(limit)]);

    public Task<Rollout> StartAsync(RolloutOrder order, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Rollout?> FindAsync(int number, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Rollout> WaitAsync(int number, long revision, TimeSpan timeout, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Rollout> PauseAsync(int number, string user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Rollout> PromoteAsync(int number, string user, CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<Rollout> ResumeAsync(int number, string user, CancellationToken cancellationToken) => throw new NotSupportedException();
}
