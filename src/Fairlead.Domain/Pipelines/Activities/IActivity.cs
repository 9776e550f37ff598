using Fairlead.Domain.Problems;

namespace Fairlead.Domain.Pipelines.Activities;

/// <summary>The seam to what stages do to the world. An activity is begun once it is recorded, and may be run again when the control plane ended before its end was.</summary>
public interface IActivity
{
    /// <summary>By which stages ask for it.</summary>
    string Kind { get; }

    ActivityRepeat Repeat => ActivityRepeat.Idempotent;

    /// <summary>Does it. Cancelled when the execution does not want it any more, and when the control plane ends.</summary>
    /// <exception cref="FairleadException">It failed; retryable by its kind.</exception>
    Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken);

    /// <summary>For <see cref="ActivityRepeat.AskBefore"/>: what came of the activity with that key, or null when it had no effect.</summary>
    Task<ActivityOutcome?> FindResultAsync(ActivityCall call, CancellationToken cancellationToken) => Task.FromResult<ActivityOutcome?>(null);
}
