using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Problems;
using Fairlead.Pipelines.Stages;

namespace Fairlead.Pipelines.Activities;

/// <summary>Undoes the rollout that an activity started: one that is under way is aborted, one that is over is gone back from, group by group.</summary>
internal sealed class UndoRolloutActivity(IRollouts rollouts) : IActivity
{
    public const string KindName = "undoRollout";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public string Kind => KindName;

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var user = call.Input.GetProperty("user").GetString()!;
        var rollout = await rollouts.FindByKeyAsync(call.Input.GetProperty("key").GetString()!, cancellationToken).ConfigureAwait(false);
        if (rollout is { IsEnded: false })
            rollout = await AbortAsync(rollout, user, call, cancellationToken).ConfigureAwait(false);
        if (rollout is not { Outcome: RolloutOutcome.Succeeded })
            return ActivityOutcome.Succeeded(StageData.Object(("undone", rollout?.Outcome.ToString() ?? "nothing was begun")));
        foreach (var target in rollout.Targets.Where(target => target.Stable is not null))
        {
            var order = new RollbackOrder { Key = $"{call.Key}/{target.Service}", Environment = rollout.Environment, Service = target.Service, To = target.Stable, User = user };
            var back = await rollouts.RollBackAsync(order, cancellationToken).ConfigureAwait(false);
            if (await RolloutActivity.EndAsync(rollouts, back, call, cancellationToken).ConfigureAwait(false) is { Error: not null } failed)
                return failed;
        }

        return ActivityOutcome.Succeeded(StageData.Object(("undone", "rolled back")));
    }

    private async Task<Rollout> AbortAsync(Rollout rollout, string user, ActivityCall call, CancellationToken cancellationToken)
    {
        try
        {
            rollout = await rollouts.AbortAsync(rollout.Number, user, cancellationToken).ConfigureAwait(false);
        }
        catch (FairleadException e) when (e.Kind == ProblemKind.Conflict)
        {
            // It ended in the meantime: how is seen below.
        }

        while (!rollout.IsEnded)
        {
            call.Heartbeat();
            rollout = await rollouts.WaitAsync(rollout.Number, rollout.Revision, Patience, cancellationToken).ConfigureAwait(false);
        }

        return rollout;
    }
}
