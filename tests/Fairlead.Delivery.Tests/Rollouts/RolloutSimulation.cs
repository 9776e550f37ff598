using Fairlead.Delivery.Deployments;
using Fairlead.Delivery.Rollouts;
using Fairlead.Delivery.Tests.Fakes;
using Fairlead.Domain.Canaries;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;

namespace Fairlead.Delivery.Tests.Rollouts;

/// <summary>One rollout in a world of server groups whose instances come, go and die, under control planes that end at any moment.</summary>
internal sealed class RolloutSimulation
{
    private readonly Random random;
    private readonly Dictionary<ServerGroupName, int> ready = [];
    private readonly DeliveryPolicy policy;
    private readonly Release release;
    private DateTimeOffset now = Samples.Start.AddDays(1);
    private RolloutFact? fact;

    /// <param name="instances">Of a command service; null for a model.</param>
    public RolloutSimulation(Random random, Strategy strategy, int? instances, DeliveryPolicy? policy = null, bool hasStable = true)
    {
        this.random = random;
        this.policy = policy ?? DeliveryPolicy.Default;
        release = new Release
        {
            Name = new ReleaseName(2),
            Commit = Samples.Commit,
            ProjectFile = Samples.Blob("project"),
            Services = [ServiceOf(2, instances)],
            CreatedAt = Samples.Start,
            CreatedBy = "ada",
        };
        if (hasStable)
        {
            var stable = Samples.Group(1, ServerGroupStatus.Enabled) with { Service = ServiceOf(1, instances), Weight = Weight.All, EnabledAt = Samples.Start, Instances = instances };
            Groups.Add(stable);
            ready[stable.Name] = instances ?? 0;
        }

        State = Begin(RolloutPlanner.Deploy(
            new RolloutOrder { Environment = "prod", Strategy = strategy, User = "ada" }, release, release.Services, Groups, this.policy, new AnalysisPlan { Interval = TimeSpan.FromSeconds(20) }, now));
    }

    public List<ServerGroup> Groups { get; } = [];

    public Rollout State { get; private set; }

    /// <summary>What the rollout before the present one came to.</summary>
    public string Earlier { get; private set; } = "";

    /// <summary>Candidates never become ready, or the host refuses them.</summary>
    public bool IsUnstartable { get; init; }

    /// <summary>From so much traffic on the candidate's instances die; all of them.</summary>
    public Weight? DiesAt { get; set; }

    /// <summary>From so much traffic on the candidate answers with errors.</summary>
    public Weight? FailsAt { get; set; }

    public bool IsHostAway { get; set; }

    /// <summary>Chances of trouble, 0 to 1.</summary>
    public double Trouble { get; set; }

    public RolloutAdvice Advice { get; set; } = RolloutAdvice.GoOn;

    /// <summary>Instances that must take requests at all times, as long as nobody dies.</summary>
    public int Least { get; set; }

    /// <summary>What anything took, from the beginning.</summary>
    public int Looks { get; private set; }

    public ServerGroup? Candidate => Groups.Find(group => group.Name.Number > 1 && group.IsBaseline is not true);

    public ServerGroup Stable => Groups[0];

    public bool IsCandidateDead => DiesAt is { } at && Candidate is { } candidate && candidate.Weight.Hundredths >= at.Hundredths && candidate.Weight != Weight.None;

    /// <summary>One look, and what follows from it.</summary>
    public void Step()
    {
        Looks++;
        now += TimeSpan.FromSeconds(random.Next(1, 6));
        if (Chance(Trouble / 4))
            now += TimeSpan.FromHours(random.Next(-48, 48));
        Live();
        var move = RolloutMachine.Next(State, new RolloutObservation(fact, Look()), now);
        State = move.State;
        fact = null;
        if (move.Action is not { } action || Chance(Trouble))
            return;
        var came = Chance(Trouble / 4) ? new RolloutFact(RolloutFactKind.Broken, "The disk is full.") : Do(action);
        CheckPromises();

        // A control plane that ends now has done it and does not know.
        fact = Chance(Trouble) ? null : came;
    }

    public void Command(Func<Rollout, DateTimeOffset, Rollout> command)
    {
        try
        {
            State = command(State, now);
        }
        catch (FairleadException)
        {
            // Not in this state.
        }
    }

    /// <summary>Another rollout takes over: the way back.</summary>
    public bool RollBack()
    {
        var order = new RollbackOrder { Environment = "prod", User = "bob" };
        var under = State.IsEnded ? null : State;
        if (under?.Kind == RolloutKind.Rollback)
            return false;
        IReadOnlyList<WayBack> ways;
        try
        {
            ways = WayBack.Find(order, Groups, under);
        }
        catch (FairleadException)
        {
            return false;
        }

        if (ways.Count == 0)
            return false;
        Earlier = $"before it {State.Phase} {string.Join(" | ", State.History.Select(entry => entry.Message))}";
        State = Begin(RolloutPlanner.GoBack(order, ways, Groups, policy, now) with { Number = State.Number + 1 });
        fact = null;
        return true;
    }

    /// <summary>Nothing troubles it any more: it must end within a number of looks.</summary>
    public void RunToTheEnd(int most = 20_000)
    {
        Trouble = 0;
        IsHostAway = false;
        for (var i = 0; !State.IsEnded; i++)
        {
            Assert.True(i < most, $"It is stuck: {Describe()}");
            Step();
            if (State.IsPaused)
                Command((state, at) => random.Next(2) == 0 ? RolloutCommands.Resume(state, "eve", at) : RolloutCommands.Abort(state, "eve", at));
            if (Advice == RolloutAdvice.Wait && i > 500)
                Advice = RolloutAdvice.GoOn;
        }
    }

    /// <summary>Time goes on without a rollout: what is to start has started.</summary>
    public void Rest()
    {
        for (var i = 0; i < 100; i++)
            Live();
    }

    public void CheckPromises()
    {
        var enabled = Groups.Where(group => group.Status == ServerGroupStatus.Enabled).ToList();
        Assert.True(enabled.Count == 0 || enabled.Sum(group => group.Weight.Hundredths) == Weight.Whole, $"The shares do not sum up: {Describe()}");
        Assert.All(Groups, group => Assert.Equal(group.Status == ServerGroupStatus.Enabled, group.Weight != Weight.None));
        Assert.True(Groups.Select(group => group.Origin).OfType<string>().GroupBy(origin => origin, StringComparer.Ordinal).All(origin => origin.Count() == 1), "A group was made twice.");
        if (State.Strategy.Kind is StrategyKind.BlueGreen or StrategyKind.Highlander && State.Kind == RolloutKind.Deployment)
            Assert.True(enabled.Count <= 1, $"Two groups are enabled where one is allowed: {Describe()}");
        var serving = enabled.Sum(group => ready.GetValueOrDefault(group.Name));
        if (DiesAt is null && !IsUnstartable && FailsAt is null)
            Assert.True(serving >= Least, $"{serving} instances take requests, where {Least} must: {Describe()}");
    }

    public string Describe() =>
        string.Join(" | ", State.History.Select(entry => entry.Message)) + $"; steps {string.Join(",", State.Steps.Select(step => step.Shares[0].Instances))}; {Earlier}; "
        + $"{State.Strategy.Kind} {State.Phase} step {State.Step + 1}/{State.Steps.Count} paused {State.IsPaused} outcome {State.Outcome} '{State.Reason}'; "
        + string.Join(" ", Groups.Select(group => $"{group.Name.Number}{(group.IsBaseline is true ? "b" : "")}:{group.Status}:{group.Weight}:{ready.GetValueOrDefault(group.Name)}/{group.Instances}"));

    public int ReadyOf(ServerGroup group) => ready.GetValueOrDefault(group.Name);

    private RolloutFact Do(RolloutActionKind action)
    {
        if (action == RolloutActionKind.Create)
            return new RolloutFact(RolloutFactKind.Done) { Targets = Create() };
        if (action == RolloutActionKind.Judge)
            return new RolloutFact(RolloutFactKind.Done) { Verdict = new RolloutVerdict(Advice, "so it is") };
        var target = State.Targets[0];
        var share = State.Steps[State.Step].Shares[0];
        var change = new Change(now, "ada") { Policy = policy };
        if (action == RolloutActionKind.Prepare)
            return Prepare(target);
        var before = Groups.ToList();
        try
        {
            Apply(ChangesOf(action, target, share, change));
        }
        catch (FairleadException e)
        {
            // As the executor does.
            return new RolloutFact(RolloutFactKind.Refused, e.Message) { Problem = e.Kind };
        }

        if (IsHostAway && action != RolloutActionKind.Finish)
            return new RolloutFact(RolloutFactKind.Silent, "No host.") { Problem = ProblemKind.Unavailable };
        if (action == RolloutActionKind.Shift && Chance(Trouble / 10))
        {
            Apply(Setback.Undo(Groups, before, []));
            return new RolloutFact(RolloutFactKind.Refused, "The host refused.") { Problem = ProblemKind.Failed };
        }

        return new RolloutFact(RolloutFactKind.Done) { Version = State.Version + 1 };
    }

    private IReadOnlyList<ServerGroup> ChangesOf(RolloutActionKind action, RolloutTarget target, StepShare share, Change change) => action switch
    {
        RolloutActionKind.Scale => StepRules.Scale(Groups, target, share),
        RolloutActionKind.Shift => StepRules.Shift(Groups, State, target, share, change),
        RolloutActionKind.Restore => StepRules.Restore(Groups, target),
        RolloutActionKind.Return => StepRules.Return(Groups, State, target, change),
        _ => StepRules.Finish(Groups, State, target),
    };

    private RolloutFact Prepare(RolloutTarget target)
    {
        if (IsHostAway)
            return new RolloutFact(RolloutFactKind.Silent, "No host.") { Problem = ProblemKind.Unavailable };
        if (IsUnstartable)
        {
            Apply(Setback.Fail(Groups, [target.Candidate!.Value], _ => "bad"));
            return new RolloutFact(RolloutFactKind.Refused, "It does not start.") { Problem = ProblemKind.Failed };
        }

        foreach (var group in Groups.Where(group => group.Status == ServerGroupStatus.Preparing))
            ready[group.Name] = RolloutPlanner.InstancesOf(group) ?? 0;
        return new RolloutFact(RolloutFactKind.Done) { Version = State.Version + 1 };
    }

    private List<RolloutTarget> Create()
    {
        var target = State.Targets[0];
        var candidate = target.Candidate ?? Make(StepRules.OriginOf(State, "late", isBaseline: false), isBaseline: false);
        ServerGroupName? baseline = State.Steps.Any(step => step.Shares[0].Baseline != Weight.None) ? Make(StepRules.OriginOf(State, "late", isBaseline: true), isBaseline: true) : null;
        return [target with { Candidate = candidate, Baseline = baseline }];
    }

    private ServerGroupName Make(string origin, bool isBaseline)
    {
        if (Groups.Find(group => group.Origin == origin) is { } known)
            return known.Name;
        var group = Samples.Group(Groups.Count + 1) with
        {
            Service = isBaseline ? Stable.Service : release.Services[0],
            Release = isBaseline ? Stable.Release : release.Name,
            Origin = origin,
            IsBaseline = isBaseline ? true : null,
            Instances = isBaseline ? null : State.Steps[0].Shares[0].Instances,
        };
        Groups.Add(group);
        return group.Name;
    }

    private void Apply(IReadOnlyList<ServerGroup> changed)
    {
        foreach (var group in changed)
        {
            Groups[Groups.FindIndex(known => known.Name == group.Name)] = group;
            ready[group.Name] = group.Status is ServerGroupStatus.Destroyed or ServerGroupStatus.Failed ? 0 : Math.Min(ready.GetValueOrDefault(group.Name), RolloutPlanner.InstancesOf(group) ?? 0);
        }
    }

    /// <summary>Instances start, and die where they must.</summary>
    private void Live()
    {
        if (IsHostAway)
            return;
        foreach (var group in Groups.Where(group => group.Status is ServerGroupStatus.Enabled or ServerGroupStatus.Disabled or ServerGroupStatus.Preparing))
        {
            var wanted = RolloutPlanner.InstancesOf(group) ?? 0;
            if (group.Name == Candidate?.Name && IsCandidateDead)
                ready[group.Name] = 0;
            else if (group.Status != ServerGroupStatus.Preparing && ready.GetValueOrDefault(group.Name) < wanted)
                ready[group.Name] = Math.Min(wanted, ready.GetValueOrDefault(group.Name) + random.Next(1, Math.Max(2, wanted / 4)));
        }
    }

    private Dictionary<string, ServiceSight> Look()
    {
        if (IsHostAway)
            return [];
        var fails = FailsAt is { } at && Candidate is { } candidate && candidate.Weight != Weight.None && candidate.Weight.Hundredths >= at.Hundredths;
        return new Dictionary<string, ServiceSight> { ["late"] = new(SightOf(State.Targets[0].Candidate, fails), SightOf(State.Targets[0].Stable, false), SightOf(State.Targets[0].Stable, false)) };
    }

    private GroupSight SightOf(ServerGroupName? name, bool fails)
    {
        var group = name is null ? null : Groups.Find(known => known.Name == name);
        return group is null ? GroupSight.Unknown
            : new GroupSight(RolloutPlanner.InstancesOf(group), group.Service.Command is null ? null : ready.GetValueOrDefault(group.Name), 100, fails ? random.Next(20, 100) : 1);
    }

    private bool Chance(double probability) => probability > 0 && random.NextDouble() < probability;

    private static Rollout Begin(Rollout rollout) => rollout with { Number = rollout.Number == 0 ? 1 : rollout.Number, Key = "key" };

    private static ReleasedService ServiceOf(int version, int? instances) => instances is not { } count ? Samples.Service("late", version) : new ReleasedService
    {
        Name = "late",
        Command = new ReleasedCommand
        {
            Command = "serve",
            Code = Samples.Blob($"code {version}"),
            Protocol = ServiceProtocol.Http,
            Health = new HealthCheck(),
            Settings = new CommandSettings { Instances = count },
        },
    };
}
