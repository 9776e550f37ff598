using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Deployments;

/// <summary>The seam to rollouts. What is started goes on without its caller, across restarts, until it has ended.</summary>
public interface IRollouts
{
    /// <summary>Starts a rollout, or finds the one that was started with the same key. Returns as soon as it is recorded.</summary>
    /// <exception cref="FairleadException">
    /// NotFound: environment, release or service; Conflict: no release yet, another rollout is under way there, or an experiment runs; Invalid: a strategy or
    /// weight that cannot be.
    /// </exception>
    Task<Rollout> StartAsync(RolloutOrder order, CancellationToken cancellationToken);

    /// <summary>Starts the way back, also while a rollout is under way, which it takes over from; a rollback that is under way already is joined.</summary>
    /// <exception cref="FairleadException">NotFound: environment, service or server group; Conflict: nothing to go back to.</exception>
    Task<Rollout> RollBackAsync(RollbackOrder order, CancellationToken cancellationToken);

    Task<Rollout?> FindAsync(int number, CancellationToken cancellationToken);

    Task<Rollout?> FindByKeyAsync(string key, CancellationToken cancellationToken);

    /// <summary>Newest first; null means every environment.</summary>
    Task<IReadOnlyList<Rollout>> ListAsync(string? environment, int limit, CancellationToken cancellationToken);

    /// <summary>The rollout as soon as its revision is above the given one or it has ended, and as it is when that takes longer than the timeout.</summary>
    /// <exception cref="FairleadException">NotFound.</exception>
    Task<Rollout> WaitAsync(int number, long revision, TimeSpan timeout, CancellationToken cancellationToken);

    /// <summary>It stays at the step where it is until somebody resumes it; its health is watched on.</summary>
    /// <exception cref="FairleadException">NotFound; Conflict: it has ended or goes back.</exception>
    Task<Rollout> PauseAsync(int number, string user, CancellationToken cancellationToken);

    /// <exception cref="FairleadException">NotFound; Conflict: it is not paused.</exception>
    Task<Rollout> ResumeAsync(int number, string user, CancellationToken cancellationToken);

    /// <summary>Lets it go on from the step that it holds, before its time and without asking its analysis; what is not well does not go on all the same.</summary>
    /// <exception cref="FairleadException">NotFound; Conflict: it holds no step.</exception>
    Task<Rollout> PromoteAsync(int number, string user, CancellationToken cancellationToken);

    /// <summary>Gives the traffic back to what was live before; does nothing to one that goes back already.</summary>
    /// <exception cref="FairleadException">NotFound; Conflict: it has ended.</exception>
    Task<Rollout> AbortAsync(int number, string user, CancellationToken cancellationToken);
}
