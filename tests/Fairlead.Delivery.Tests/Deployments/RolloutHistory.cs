using Fairlead.Delivery.Deployments;
using Fairlead.Delivery.Tests.Fakes;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Tests.Deployments;

/// <summary>Server groups of one service in one environment, and what is done to them.</summary>
internal sealed class RolloutHistory
{
    private int seconds;

    public IReadOnlyList<ServerGroup> Groups { get; private set; } = [];

    public string Text => string.Join(" ", Groups.Select(group => $"{group.Name.Number}:" + group.Status switch
    {
        ServerGroupStatus.Enabled => group.Weight.ToString(),
        ServerGroupStatus.Disabled => "warm",
        ServerGroupStatus.Destroyed => "gone",
        var other => other.ToString().ToLowerInvariant(),
    }));

    public ServerGroup Group(int number) => Groups[number - 1];

    public RolloutHistory Prepare()
    {
        Groups = [.. Groups, Samples.Group(Groups.Count + 1)];
        return this;
    }

    public RolloutHistory Deploy(int percent = 100) => Prepare().Enable(Groups.Count, percent);

    public RolloutHistory Enable(int number, int percent = 100) =>
        Apply(groups => TrafficRules.Enable(groups, Samples.Group(number).Name, new Weight(percent * 100), Next()));

    public RolloutHistory RollBack() => Apply(groups => TrafficRules.RollBack(groups, Next()));

    public RolloutHistory SetTraffic(params (int Number, int Percent)[] shares) =>
        Apply(groups => TrafficRules.SetTraffic(groups, shares.ToDictionary(share => Group(share.Number).Name, share => new Weight(share.Percent * 100)), Next()));

    public RolloutHistory Apply(Func<IReadOnlyList<ServerGroup>, IReadOnlyList<ServerGroup>> transition)
    {
        var changed = transition(Groups).ToDictionary(group => group.Name);
        Assert.All(changed.Keys, name => Assert.Contains(Groups, group => group.Name == name));
        Groups = [.. Groups.Select(group => changed.GetValueOrDefault(group.Name, group))];
        return this;
    }

    /// <summary>One change of any kind, sensible or not; refusals change nothing.</summary>
    public void ChangeAtRandom(Random random)
    {
        var before = Groups;
        try
        {
            switch (random.Next(8))
            {
                case 0 or 1:
                    Deploy(random.Next(4) == 0 ? random.Next(1, 100) : 100);
                    break;
                case 2:
                    Enable(random.Next(1, Groups.Count + 2), random.Next(1, 101));
                    break;
                case 3:
                    RollBack();
                    break;
                case 4:
                    SetTraffic(RandomShares(random));
                    break;
                case 5:
                    Prepare();
                    break;
                case 6:
                    Apply(groups => Setback.Evict(groups, FailuresOfSome(random)));
                    Apply(groups => Setback.Fail(groups, [.. FailuresOfSome(random).Select(failure => failure.ServerGroup)], _ => "unlucky"));
                    break;
                default:
                    var failures = FailuresOfSome(random);
                    var switched = Prepare().Groups;
                    Enable(Groups.Count);
                    Apply(groups => Setback.Undo(groups, switched, failures));
                    break;
            }
        }
        catch (Exception e) when (e is FairleadException or ArgumentOutOfRangeException)
        {
            // A transition that throws has changed nothing; a group that was prepared for it stays.
            Assert.Equal(before, Groups.Take(before.Count));
        }
    }

    public void CheckPromises()
    {
        var enabled = Groups.Where(group => group.Status == ServerGroupStatus.Enabled).ToList();
        Assert.True(enabled.Count == 0 || enabled.Sum(group => group.Weight.Hundredths) == Weight.Whole, $"The shares do not sum up: {Text}");
        Assert.All(Groups, group => Assert.Equal(group.Status == ServerGroupStatus.Enabled, group.Weight != Weight.None));
        Assert.Equal(Groups.Count, Groups.Select(group => group.Name).Distinct().Count());
        Assert.All(enabled, group => Assert.NotNull(group.EnabledAt));
        Assert.All(Groups.Where(group => group.Status == ServerGroupStatus.Failed), group => Assert.NotNull(group.Error));
    }

    public void CheckThatRollingBackEnds()
    {
        var steps = 0;
        while (TrafficRules.CanRollBack(Groups))
        {
            RollBack();
            CheckPromises();
            Assert.True(++steps <= Groups.Count, $"Rolling back goes in circles: {Text}");
        }
    }

    private (int Number, int Percent)[] RandomShares(Random random)
    {
        var chosen = Enumerable.Range(1, Groups.Count).OrderBy(_ => random.Next()).Take(random.Next(1, 4)).ToArray();
        var first = random.Next(0, 101);
        return [.. chosen.Select((number, i) => (number, i == 0 ? first : i == 1 ? 100 - first : 0))];
    }

    private ServerGroupFailure[] FailuresOfSome(Random random) =>
        [.. Groups.Where(_ => random.Next(5) == 0).Select(group => new ServerGroupFailure(group.Name, "unlucky"))];

    private Change Next() => new(Samples.Start.AddSeconds(++seconds), "ada");
}
