using Fairlead.Delivery.Deployments;
using Fairlead.Delivery.Tests.Fakes;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Tests.Deployments;

public sealed class DeployerTests
{
    [Fact]
    public async Task Deploy_First_IsMadeReadyBeforeItTakesTraffic()
    {
        await using var world = new World();
        var weights = new List<string>();
        var host = world.StartHost();
        host.Refuses = (state, group) =>
        {
            weights.Add($"{state.Version} {group.Name} {group.Weight}");
            return null;
        };
        await world.ReleaseAsync();

        var deployment = await world.DeployAsync();

        Assert.Equal(["1 late-prod-v001 0%", "2 late-prod-v001 100%"], weights);
        Assert.Equal([DeployEventKind.Preparing, DeployEventKind.Ready, DeployEventKind.Switching, DeployEventKind.Live], world.Events.Select(e => e.Kind));
        Assert.True(deployment.Changed);
        Assert.Equal(2, deployment.Version);
        var live = Assert.Single(deployment.Live);
        Assert.Equal("ada", live.EnabledBy);
        Assert.Equal(live.EnabledAt, world.Time.GetUtcNow());
        Assert.Equal(["stage", "prod"], host.Applied!.Environments.Select(environment => environment.Name));
    }

    [Fact]
    public async Task Deploy_Second_KeepsTheFirstWarmOnTheHost()
    {
        await using var world = new World();
        var host = world.StartHost();
        await world.ReleaseAsync();
        await world.DeployAsync();
        await world.ReleaseAsync();

        await world.DeployAsync();

        Assert.Equal("late1:disabled late2:100%", await world.StatusesAsync());
        Assert.Equal(["late-prod-v001 0%", "late-prod-v002 100%"], host.Applied!.ServerGroups.Select(group => $"{group.Name} {group.Weight}"));
    }

    [Fact]
    public async Task Deploy_OfAWarmRelease_EnablesItsGroupInOneUpdate()
    {
        await using var world = new World();
        world.StartHost();
        await world.ReleaseAsync();
        await world.DeployAsync();
        await world.ReleaseAsync();
        var second = await world.DeployAsync();

        var third = await world.DeployAsync(release: 1);

        Assert.Equal(second.Version + 1, third.Version);
        Assert.Equal("late1:100% late2:disabled", await world.StatusesAsync());
    }

    [Fact]
    public async Task Deploy_OfWhatIsLive_ChangesNothing()
    {
        await using var world = new World();
        world.StartHost();
        await world.ReleaseAsync();
        var first = await world.DeployAsync();
        world.Events.Clear();

        var again = await world.DeployAsync();

        Assert.False(again.Changed);
        Assert.Equal(first.Version, again.Version);
        Assert.Equal(first.Live, again.Live);
        Assert.Equal(DeployEventKind.Unchanged, Assert.Single(world.Events).Kind);
    }

    [Fact]
    public async Task Deploy_RefusedByTheHost_FailsAndLeavesWhatServes()
    {
        await using var world = new World();
        var host = world.StartHost();
        await world.ReleaseAsync();
        await world.DeployAsync();
        await world.ReleaseAsync();
        host.Refuses = (_, group) => group.Name.Number == 2 ? "The model is cut short." : null;

        var e = await Assert.ThrowsAsync<FairleadException>(() => world.DeployAsync());

        Assert.Equal(ProblemKind.Failed, e.Kind);
        Assert.Contains("'late-prod-v002': The model is cut short", e.Message);
        Assert.Equal("late1:100% late2:failed", await world.StatusesAsync());
        Assert.Equal("The model is cut short.", (await world.GroupAsync("late-prod-v002")).Error);
        Assert.DoesNotContain((await world.States.FindAsync(CancellationToken.None))!.ServerGroups, group => group.Name.Number == 2);
    }

    [Fact]
    public async Task Deploy_AfterAFailure_MakesAnotherGroup()
    {
        await using var world = new World();
        var host = world.StartHost();
        await world.ReleaseAsync();
        host.Refuses = (_, group) => group.Name.Number == 1 ? "bad luck" : null;
        await Assert.ThrowsAsync<FairleadException>(() => world.DeployAsync());

        await world.DeployAsync();

        Assert.Equal("late1:failed late2:100%", await world.StatusesAsync());
    }

    [Fact]
    public async Task Deploy_OfTwoServicesWithOneBad_EnablesNeither()
    {
        await using var world = new World("fast", "late");
        var host = world.StartHost();
        await world.ReleaseAsync();
        host.Refuses = (_, group) => group.Name.Service == "late" ? "bad" : null;

        await Assert.ThrowsAsync<FairleadException>(() => world.DeployAsync());

        Assert.Equal("fast1:failed late1:failed", await world.StatusesAsync());
        Assert.Contains("'late-prod-v001': bad", (await world.GroupAsync("fast-prod-v001")).Error);
    }

    [Fact]
    public async Task Deploy_OfOneService_LeavesTheOthers()
    {
        await using var world = new World("fast", "late");
        world.StartHost();
        await world.ReleaseAsync();
        await world.DeployAsync();
        await world.ReleaseAsync();

        await world.DeployAsync(services: ["late"]);

        Assert.Equal("fast1:100% late1:disabled late2:100%", await world.StatusesAsync());
    }

    [Fact]
    public async Task Deploy_WithAPart_SplitsTraffic()
    {
        await using var world = new World();
        world.StartHost();
        await world.ReleaseAsync();
        await world.DeployAsync();
        await world.ReleaseAsync();

        await world.DeployAsync(percent: 10);
        Assert.Equal("late1:90% late2:10%", await world.StatusesAsync());

        await world.DeployAsync(percent: 100);
        Assert.Equal("late1:disabled late2:100%", await world.StatusesAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(50)]
    public async Task Deploy_WithAWeightThatCannotBe_IsRefusedBeforeAnythingIsMade(int percent)
    {
        await using var world = new World();
        world.StartHost();
        await world.ReleaseAsync();

        var e = await Assert.ThrowsAsync<FairleadException>(() => world.DeployAsync(percent: percent));

        Assert.Equal(ProblemKind.Invalid, e.Kind);
        Assert.Equal("", await world.StatusesAsync());
    }

    [Fact]
    public async Task Deploy_OfSomethingUnknown_NamesTheNearest()
    {
        await using var world = new World();
        await world.ReleaseAsync();

        var environment = await Assert.ThrowsAsync<FairleadException>(() => world.DeployAsync(environment: "prd"));
        var release = await Assert.ThrowsAsync<FairleadException>(() => world.DeployAsync(release: 11));
        var service = await Assert.ThrowsAsync<FairleadException>(() => world.DeployAsync(services: ["lat"]));

        Assert.All([environment, release, service], e => Assert.Equal(ProblemKind.NotFound, e.Kind));
        Assert.Contains("did you mean 'prod'?", environment.Message);
        Assert.Contains("did you mean 'v001'?", release.Message);
        Assert.Contains("did you mean 'late'?", service.Message);
    }

    [Fact]
    public async Task Deploy_WithoutAnyRelease_SaysHowToMakeOne()
    {
        await using var world = new World();

        var e = await Assert.ThrowsAsync<FairleadException>(() => world.DeployAsync());

        Assert.Equal(ProblemKind.Conflict, e.Kind);
        Assert.Contains("fairlead release", e.Message);
    }
}
