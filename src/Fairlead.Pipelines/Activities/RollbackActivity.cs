using Fairlead.Domain.Deployments;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Problems;

namespace Fairlead.Pipelines.Activities;

/// <summary>Brings back what was live before; the same key is the same rollback.</summary>
internal sealed class RollbackActivity(IRollouts rollouts) : IActivity
{
    public const string KindName = "rollback";

    public string Kind => KindName;

    public async Task<ActivityOutcome> RunAsync(ActivityCall call, CancellationToken cancellationToken)
    {
        var order = new RollbackOrder
        {
            Key = call.Key,
            Environment = call.Input.GetProperty("environment").GetString()!,
            Service = call.Input.TryGetProperty("service", out var service) ? service.GetString() : null,
            To = call.Input.TryGetProperty("to", out var to) ? ServerGroupChange.NameOf(to.GetString()!) : null,
            User = call.Input.GetProperty("user").GetString()!,
        };
        var rollout = await rollouts.RollBackAsync(order, cancellationToken).ConfigureAwait(false);
        var outcome = await RolloutActivity.EndAsync(rollouts, rollout, call, cancellationToken).ConfigureAwait(false);
        return outcome.Error is not null && rollout.Problem == ProblemKind.Conflict ? outcome with { IsRetryable = true } : outcome;
    }
}
