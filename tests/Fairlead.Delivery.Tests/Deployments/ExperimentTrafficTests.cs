using Fairlead.Delivery.Deployments;
using Fairlead.Delivery.Tests.Fakes;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Tests.Deployments;

public sealed class ExperimentTrafficTests
{
    private static readonly ServerGroupName Control = new("late", "prod", 1);
    private static readonly ServerGroupName Treatment = new("late", "prod", 2);

    [Fact]
    public async Task Begin_WithAWarmTreatment_SplitsTheTrafficUnderTheExperimentsName()
    {
        await using var world = new World();
        var host = await StartAsync(world);

        Assert.Equal("late1:50% late2:50%", await world.StatusesAsync());
        Assert.All(host.Applied!.ServerGroups, group => Assert.Equal("calm", group.Experiment));
    }

    [Fact]
    public async Task Deploy_WhileAnExperimentRuns_IsRefusedWithTheCure()
    {
        await using var world = new World();
        await StartAsync(world);
        await world.ReleaseAsync();

        var e = await Assert.ThrowsAsync<FairleadException>(() => world.DeployAsync());

        Assert.Equal(ProblemKind.Conflict, e.Kind);
        Assert.Contains("'fairlead experiment stop calm'", e.Message);
        Assert.Equal("late1:50% late2:50%", await world.StatusesAsync());
    }

    [Fact]
    public async Task Shift_WhileAnExperimentRuns_IsRefused()
    {
        await using var world = new World();
        await StartAsync(world);

        var e = await Assert.ThrowsAsync<FairleadException>(() => world.Deployer.SetTrafficAsync(
            "prod", "late", new Dictionary<ServerGroupName, Weight> { [Control] = Weight.All }, "bob", CancellationToken.None));
        var second = await Assert.ThrowsAsync<FairleadException>(() => BeginAsync(world, "other"));

        Assert.Contains("'calm'", e.Message);
        Assert.Contains("'calm'", second.Message);
    }

    [Fact]
    public async Task Mirror_WhileAnExperimentRuns_IsAllowed()
    {
        await using var world = new World();
        await StartAsync(world);
        await world.ReleaseAsync();

        var result = await world.Deployer.DeployAsync(new DeployOrder { Environment = "prod", Mirror = Weight.All, User = "eve" }, _ => { }, CancellationToken.None);

        Assert.Contains(result.Live, group => group.Mirror == Weight.All);
        Assert.Equal("calm", (await world.GroupAsync("late-prod-v001")).Experiment);
    }

    [Fact]
    public async Task RollBack_WhileAnExperimentRuns_GivesTheTrafficBackAndEndsIt()
    {
        await using var world = new World();
        var host = await StartAsync(world);

        await world.RollBackAsync();

        Assert.Contains("late1:100%", await world.StatusesAsync());
        Assert.All(host.Applied!.ServerGroups, group => Assert.Null(group.Experiment));
    }

    [Theory]
    [InlineData(1, "late1:100% late2:disabled")]
    [InlineData(2, "late1:disabled late2:100%")]
    public async Task End_KeepingOneArm_FreesTheService(int kept, string expected)
    {
        await using var world = new World();
        await StartAsync(world);

        await world.Deployer.EndAsync("prod", "late", "calm", new ServerGroupName("late", "prod", kept), "ada", CancellationToken.None);

        Assert.Equal(expected, await world.StatusesAsync());
        await world.ReleaseAsync();
        await world.DeployAsync();
    }

    [Fact]
    public async Task End_OfAnExperimentThatARollbackEnded_MovesNoTraffic()
    {
        await using var world = new World();
        await StartAsync(world);
        await world.RollBackAsync();

        await world.Deployer.EndAsync("prod", "late", "calm", Treatment, "ada", CancellationToken.None);

        Assert.Contains("late1:100%", await world.StatusesAsync());
    }

    [Fact]
    public async Task Experiment_AfterARestartOfTheControlPlane_StillHoldsItsArms()
    {
        await using var world = new World();
        await StartAsync(world);
        var before = await world.States.FindAsync(CancellationToken.None);

        await world.RestartAsync();
        await world.Deployer.RecoverAsync(CancellationToken.None);

        var after = await world.States.FindAsync(CancellationToken.None);
        Assert.Equal(before!.Version, after!.Version);
        Assert.All(after.ServerGroups, group => Assert.Equal(("calm", 5000), (group.Experiment, group.Weight.Hundredths)));
    }

    [Fact]
    public async Task Begin_WithAnArmThatIsGone_IsRefused()
    {
        await using var world = new World();
        await StartAsync(world);
        await world.RollBackAsync();

        var e = await Assert.ThrowsAsync<FairleadException>(() => world.Deployer.BeginAsync(
            "prod", "late", "next", new Dictionary<ServerGroupName, Weight> { [Control] = new(5000), [new("late", "prod", 9)] = new(5000) }, "ada", CancellationToken.None));

        Assert.Equal(ProblemKind.NotFound, e.Kind);
        Assert.Null((await world.GroupAsync("late-prod-v001")).Experiment);
    }

    private static async Task<FakeHost> StartAsync(World world)
    {
        var host = world.StartHost();
        await world.ReleaseAsync();
        await world.DeployAsync();
        await world.ReleaseAsync();
        await world.DeployAsync();
        await world.RollBackAsync();
        await BeginAsync(world, "calm");
        return host;
    }

    private static Task BeginAsync(World world, string name) => world.Deployer.BeginAsync(
        "prod", "late", name, new Dictionary<ServerGroupName, Weight> { [Control] = new(5000), [Treatment] = new(5000) }, "ada", CancellationToken.None);
}
