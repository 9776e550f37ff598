using Fairlead.Delivery.Deployments;
using Fairlead.Delivery.Tests.Fakes;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Tests.Deployments;

public sealed class MirrorTests
{
    private static readonly Change Change = new(Samples.Start, "eve");

    [Fact]
    public void Mirror_AWarmGroup_GetsCopiesAndNoTraffic()
    {
        var after = Assert.Single(TrafficRules.Mirror([Live(1), Samples.Group(2)], Samples.Group(2).Name, Weight.All, Change));
        Assert.Equal((ServerGroupStatus.Disabled, Weight.None, Weight.All), (after.Status, after.Weight, after.Mirror));
    }

    [Fact]
    public void Mirror_AGroupThatTakesTraffic_IsRefused()
    {
        var e = Assert.Throws<FairleadException>(() => TrafficRules.Mirror([Live(1)], Live(1).Name, Weight.All, Change));
        Assert.Equal("The server group 'late-prod-v001' takes 100% of the traffic and cannot be a shadow as well: take its traffic away first.", e.Message);
    }

    [Theory]
    [InlineData(ServerGroupStatus.Enabled)]
    [InlineData(ServerGroupStatus.Disabled)]
    [InlineData(ServerGroupStatus.Destroyed)]
    public void Mirror_NoCopiesOfAGroupThatIsNoShadow_ChangesNothing(ServerGroupStatus status)
    {
        var group = Live(1) with { Status = status };
        Assert.Empty(TrafficRules.Mirror([group], group.Name, Weight.None, Change));
    }

    [Fact]
    public async Task SetMirrors_NoCopiesOfAGroupThatTakesTraffic_SaysThatNothingChanged()
    {
        await using var world = new World();
        world.StartHost();
        await world.ReleaseAsync();
        var live = Assert.Single((await world.DeployAsync()).Live);
        var none = new Dictionary<ServerGroupName, Weight> { [live.Name] = Weight.None };
        var all = new Dictionary<ServerGroupName, Weight> { [live.Name] = Weight.All };

        var result = await world.Deployer.SetMirrorsAsync("prod", none, "eve", CancellationToken.None);
        Assert.False(result.Changed);
        Assert.Equal(live, Assert.Single(result.Live));
        Assert.False((await world.Deployer.SetTrafficAsync("prod", "late", all, "eve", CancellationToken.None)).Changed);
    }

    [Fact]
    public void Enable_AShadow_EndsItsCopies()
    {
        var shadow = Samples.Group(2, ServerGroupStatus.Disabled) with { Mirror = Weight.All };
        var after = TrafficRules.Enable([Live(1), shadow], shadow.Name, Weight.All, Change);
        Assert.Equal(Weight.None, after.Single(group => group.Name == shadow.Name).Mirror);
    }

    [Fact]
    public void Enable_ManyGroupsLater_KeepsTheShadowWarm()
    {
        var shadow = Samples.Group(1, ServerGroupStatus.Disabled) with { Mirror = Weight.All };
        ServerGroup[] old = [shadow, .. Enumerable.Range(2, 4).Select(number => Samples.Group(number, ServerGroupStatus.Disabled)), Live(6), Samples.Group(7)];
        var after = TrafficRules.Enable(old, Samples.Group(7).Name, Weight.All, Change);
        Assert.DoesNotContain(after, group => group.Name == shadow.Name);
        Assert.Contains(after, group => group.Status == ServerGroupStatus.Destroyed);
    }

    [Fact]
    public async Task Deploy_AsAMirror_LeavesTheTrafficWhereItIs()
    {
        await using var world = new World();
        var host = world.StartHost();
        await world.ReleaseAsync();
        await world.DeployAsync();
        await world.ReleaseAsync();
        var result = await world.Deployer.DeployAsync(
            new DeployOrder { Environment = "prod", Mirror = new Weight(2500), User = "eve" }, _ => { }, CancellationToken.None);
        var shadow = result.Live.Single(group => group.Mirror != Weight.None);
        Assert.Equal(("late-prod-v002", 2500), (shadow.Name.ToString(), shadow.Mirror.Hundredths));
        Assert.Equal(Weight.All, result.Live.Single(group => group.Status == ServerGroupStatus.Enabled).Weight);
        Assert.Equal(2500, host.Applied!.ServerGroups[1].Mirror.Hundredths);
        var again = await world.Deployer.DeployAsync(
            new DeployOrder { Environment = "prod", Mirror = new Weight(2500), User = "eve" }, _ => { }, CancellationToken.None);
        Assert.False(again.Changed);

        var ended = await world.Deployer.SetMirrorsAsync("prod", new Dictionary<ServerGroupName, Weight> { [shadow.Name] = Weight.None }, "eve", CancellationToken.None);
        Assert.True(ended.Changed);
        Assert.Equal(0, host.Applied!.ServerGroups[1].Mirror.Hundredths);
    }

    private static ServerGroup Live(int number) =>
        Samples.Group(number, ServerGroupStatus.Enabled) with { Weight = Weight.All, EnabledAt = Samples.Start };
}
