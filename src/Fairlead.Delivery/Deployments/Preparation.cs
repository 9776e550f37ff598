using Fairlead.Delivery.States;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Deployments;

/// <summary>Makes new server groups and waits until the host has them loaded and warm, without traffic.</summary>
internal sealed class Preparation(IServerGroupCatalog catalog, DesiredStates states, Confirmation confirmation, TimeProvider time)
{
    /// <summary>The groups, ready, one for each plan that needs one.</summary>
    /// <exception cref="FairleadException">Failed when the host refused one: all of them are failed then, and what was live is untouched; Unavailable when no host answers: they stay in preparation.</exception>
    public async Task<IReadOnlyList<ServerGroupName>> RunAsync(
        DeployOrder order,
        ReleaseName release,
        Digest configuration,
        IReadOnlyList<ServicePlan> plans,
        Action<DesiredState, IReadOnlyList<ServerGroupName>> onPublished,
        Action<ServerGroupFailure, long> onEvicted,
        CancellationToken cancellationToken)
    {
        var created = await CreateAsync(order, release, configuration, plans, cancellationToken).ConfigureAwait(false);
        IReadOnlyList<ServerGroupName> groups = [.. created, .. plans.Where(plan => plan.Existing is not null).Select(plan => plan.Existing!.Name)];
        var leftovers = plans.SelectMany(plan => plan.Leftovers).ToList();
        try
        {
            var state = await states.ChangeAsync(
                all => Setback.Fail(all, leftovers, _ => $"Superseded by release {release} before the host had it ready."), cancellationToken).ConfigureAwait(false);
            onPublished(state, groups);
            var failures = await confirmation.WaitAsync(
                state, groups, "it takes no traffic until you deploy it again", onEvicted, cancellationToken).ConfigureAwait(false);
            if (failures.Count == 0)
                return groups;
            await FailAsync(groups, name => Setback.ReasonOf(failures, name) ?? $"Not enabled, because the host refused {TrafficSwitch.Reasons(failures)}.").ConfigureAwait(false);
            throw FairleadException.Failed(
                $"Release {release} cannot serve in '{order.Environment}' ({TrafficSwitch.Reasons(failures)}): what was live goes on; mend the cause, make a new release and deploy that.");
        }
        catch (OperationCanceledException)
        {
            await FailAsync(groups, _ => "Cancelled before the host had it ready.").ConfigureAwait(false);
            throw;
        }
    }

    private Task FailAsync(IReadOnlyList<ServerGroupName> groups, Func<ServerGroupName, string> reason) =>
        states.ChangeAsync(all => Setback.Fail(all, groups, reason), CancellationToken.None);

    private async Task<IReadOnlyList<ServerGroupName>> CreateAsync(
        DeployOrder order, ReleaseName release, Digest configuration, IReadOnlyList<ServicePlan> plans, CancellationToken cancellationToken)
    {
        var wanted = plans.Where(plan => plan.Existing is null).ToList();
        if (wanted.Count == 0)
            return [];
        var at = time.GetUtcNow();
        var created = await catalog.AddAsync(
            [.. wanted.Select(plan => (plan.Service.Name, order.Environment, (Func<ServerGroupName, ServerGroup>)Create))],
            cancellationToken).ConfigureAwait(false);
        return [.. created.Select(group => group.Name)];

        ServerGroup Create(ServerGroupName name) => new()
        {
            Name = name,
            Release = release,
            Service = wanted.First(plan => plan.Service.Name == name.Service).Service,
            Configuration = configuration,
            Status = ServerGroupStatus.Preparing,
            Weight = Weight.None,
            CreatedAt = at,
            CreatedBy = order.User,
        };
    }
}
