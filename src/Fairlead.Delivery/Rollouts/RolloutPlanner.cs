using Fairlead.Delivery.Deployments;
using Fairlead.Delivery.Rollouts.Strategies;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Canaries;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Rollouts;

/// <summary>Makes the beginning of a rollout from what is ordered and how the environment stands: pure functions.</summary>
internal static class RolloutPlanner
{
    /// <param name="services">Those of the release that are meant.</param>
    /// <param name="groups">Every group of the environment.</param>
    /// <param name="analysis">What the judge will look at; null without one.</param>
    /// <param name="configurations">Digests of what the environment gives to the services, by name; null where it gives nothing to any.</param>
    /// <exception cref="FairleadException">Invalid: a strategy or weight that cannot be; Conflict: an experiment runs.</exception>
    public static Rollout Deploy(
        RolloutOrder order, Release release, IReadOnlyList<ReleasedService> services, IReadOnlyList<ServerGroup> groups, DeliveryPolicy policy, AnalysisPlan? analysis, DateTimeOffset now,
        IReadOnlyDictionary<string, Digest>? configurations = null)
    {
        var strategy = StrategyOf(order, policy);
        if (strategy.Analyse.Count > 0 && analysis is null)
            throw FairleadException.Invalid($"The strategy analyses '{string.Join(", ", strategy.Analyse)}', and this control plane has no analysis: leave it out, so that health alone decides.");
        var plans = services.Select(service => PlanOf(release, service, configurations?.GetValueOrDefault(service.Name) ?? GroupConfiguration.EmptyDigest, order, strategy, [.. groups.Where(group => group.Name.Service == service.Name)])).ToList();
        var due = plans.Where(plan => !plan.IsLive).ToList();
        var chosen = due.Count > 0 ? due : plans;
        var targets = chosen.ConvertAll(plan => TargetOf(plan, [.. groups.Where(group => group.Name.Service == plan.Service.Name)]));
        var health = policy.Health ?? HealthRule.Default;
        var steps = StrategyPlans.Plan(new PlanOrder(strategy, order.Weight, health, policy.Guard, [.. targets.Select(target => Planned(target, order.Weight))]));
        var rollout = new Rollout
        {
            Number = 0,
            Key = "",
            Kind = RolloutKind.Deployment,
            Environment = order.Environment,
            Release = release.Name,
            Strategy = strategy,
            Health = health,
            Targets = targets,
            Steps = steps,
            Phase = RolloutPhase.Creating,
            IsJudged = analysis is not null && strategy.Kind is (StrategyKind.Canary or StrategyKind.Shadow),
            Analysis = analysis,
            Patience = PatienceOf(chosen.Select(plan => plan.Service)),
            Override = order.Override,
            History = order.Override is { } reason ? [new RolloutEntry(now, $"Begun by {order.User} though '{order.Environment}' is closed: {reason}", null)] : [],
            StartedAt = now,
            StartedBy = order.User,
            SeenAt = now,
        };
        if (due.Count == 0)
            return rollout with { Phase = RolloutPhase.Ended, Step = steps.Count - 1, Outcome = RolloutOutcome.Unchanged, EndedAt = now };
        return Begin(rollout, hasBaseline: steps.Any(step => step.Shares.Any(share => share.Baseline != Weight.None)));
    }

    /// <summary>How an order is carried out: as it says, else as the environment does.</summary>
    public static Strategy StrategyOf(RolloutOrder order, DeliveryPolicy policy) => order.Strategy ?? (order.Weight == Weight.All ? policy.Strategy : null) ?? Strategy.BlueGreen;

    /// <param name="goals">By service: the group to go to, and the instances that it had when it led.</param>
    public static Rollout GoBack(RollbackOrder order, IReadOnlyList<WayBack> goals, IReadOnlyList<ServerGroup> groups, DeliveryPolicy policy, DateTimeOffset now)
    {
        var targets = goals.Select(goal => BackTo(goal, [.. groups.Where(group => group.Name.Service == goal.Goal.Name.Service)])).ToList();
        var shares = goals.Select(goal => new StepShare
        {
            Service = goal.Goal.Name.Service,
            Weight = Weight.All,
            Instances = IsUsable(goal.Goal) && goal.Instances is { } wanted && (goal.IsGrowing || InstancesOf(goal.Goal) != wanted) ? wanted : null,
        });
        return Begin(
            new Rollout
            {
                Number = 0,
                Key = "",
                Kind = RolloutKind.Rollback,
                Environment = order.Environment,
                Release = goals[0].Goal.Release,
                Strategy = Strategy.BlueGreen,
                Health = policy.Health ?? HealthRule.Default,
                Targets = targets,
                Steps = [new RolloutStep([.. shares], TimeSpan.Zero)],
                Phase = RolloutPhase.Creating,
                Patience = PatienceOf(goals.Select(goal => goal.Goal.Service)),
                Undoes = string.Join(", ", goals.Select(goal => goal.Undoes).Distinct(StringComparer.Ordinal)),
                History = order.Reason is { } reason ? [new RolloutEntry(now, reason, null)] : [],
                StartedAt = now,
                StartedBy = order.User,
                SeenAt = now,
            },
            hasBaseline: false);
    }

    /// <summary>The instances that a group of a command service is to have; null for a model.</summary>
    public static int? InstancesOf(ServerGroup group) => group.Service.Command is { } command ? group.Instances ?? command.Settings.Instances : null;

    public static bool IsUsable(ServerGroup group) => group.Status is ServerGroupStatus.Enabled or ServerGroupStatus.Disabled;

    private static ServicePlan PlanOf(Release release, ReleasedService service, Digest configuration, RolloutOrder order, Strategy strategy, IReadOnlyList<ServerGroup> own)
    {
        var plan = ServicePlan.For(release.Name, service, configuration, order.Weight, own);
        if (strategy.Kind == StrategyKind.Shadow)
            return plan with { IsLive = plan.Existing is { } warm && warm.Mirror == strategy.Mirror };
        if (!plan.IsLive)
            TrafficRules.RequireNoExperiment(own);
        if (order.Weight != Weight.All && !own.Any(group => group.Status == ServerGroupStatus.Enabled && group.Name != plan.Existing?.Name))
        {
            // Said before anything is loaded; the switch would refuse it all the same.
            throw FairleadException.Invalid(
                $"Nothing else of '{service.Name}' takes traffic in '{order.Environment}' to keep the other {new Weight(Weight.Whole - order.Weight.Hundredths)}: deploy it with 100%.");
        }

        return plan;
    }

    private static RolloutTarget TargetOf(ServicePlan plan, IReadOnlyList<ServerGroup> own)
    {
        var isCold = plan.MustBePrepared;
        return new RolloutTarget
        {
            Service = plan.Service.Name,
            Candidate = plan.Existing?.Name,
            IsNew = isCold,
            IsCold = isCold,
            Stable = TrafficRules.Lead(own.Where(group => group.Name != plan.Existing?.Name))?.Name,
            Before = BeforeOf(own),
            Configuration = plan.Configuration == GroupConfiguration.EmptyDigest ? null : plan.Configuration,
            Instances = plan.Service.Command is { } command ? (isCold ? null : plan.Existing?.Instances) ?? command.Settings.Instances : null,
        };
    }

    private static RolloutTarget BackTo(WayBack goal, IReadOnlyList<ServerGroup> own)
    {
        var isWarm = IsUsable(goal.Goal);
        return new RolloutTarget
        {
            Service = goal.Goal.Name.Service,
            Candidate = isWarm ? goal.Goal.Name : null,
            IsNew = !isWarm,
            IsCold = !isWarm,
            Repeats = isWarm ? null : goal.Goal.Name,
            Stable = TrafficRules.Lead(own.Where(group => group.Name != goal.Goal.Name))?.Name,
            Before = BeforeOf(own),
            Instances = goal.Instances,
        };
    }

    private static List<GroupShare> BeforeOf(IReadOnlyList<ServerGroup> own) =>
        [.. own.Where(group => group.Status == ServerGroupStatus.Enabled).OrderBy(group => group.Name.Number).Select(group => new GroupShare(group.Name, group.Weight, InstancesOf(group)))];

    private static PlannedService Planned(RolloutTarget target, Weight weight) => new(
        target.Service,
        target.Instances,
        target.Stable is not null,
        weight == Weight.All ? target.Before.FirstOrDefault(share => share.ServerGroup == target.Stable)?.Instances : null);

    /// <summary>What has nothing to make begins with its first step.</summary>
    private static Rollout Begin(Rollout rollout, bool hasBaseline)
    {
        if (hasBaseline || rollout.Targets.Any(target => target.Candidate is null))
            return rollout;
        if (rollout.Targets.Any(target => target.IsCold))
            return rollout with { Phase = RolloutPhase.Preparing };
        var scales = rollout.Steps[0].Shares.Any(share => share.Instances is not null || share.StableInstances is not null);
        return rollout with { Phase = scales ? RolloutPhase.Scaling : RolloutPhase.Shifting };
    }

    private static TimeSpan PatienceOf(IEnumerable<ReleasedService> services) =>
        Confirmation.Timeout + services.Select(service => service.Command?.Settings.StartTimeout ?? TimeSpan.Zero).DefaultIfEmpty().Max();
}
