using Fairlead.Delivery.Tests.Fakes;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Tests.Deployments;

public sealed class RollbackTests
{
    [Fact]
    public async Task RollBack_ToTheWarmGroup_IsOneUpdate()
    {
        await using var world = await WithTwoReleasesAsync();
        var before = (await world.States.FindAsync(CancellationToken.None))!.Version;

        var result = await world.RollBackAsync();

        Assert.Equal(before + 1, result.Version);
        Assert.Equal("late1:100% late2:disabled", await world.StatusesAsync());
        Assert.Equal("bob", (await world.GroupAsync("late-prod-v001")).EnabledBy);
        Assert.Equal("late-prod-v001", Assert.Single(result.Live).Name.ToString());
    }

    [Fact]
    public async Task RollBack_ThenForward_ReturnsToTheNewer()
    {
        await using var world = await WithTwoReleasesAsync();
        await world.RollBackAsync();

        await world.DeployAsync();

        Assert.Equal("late1:disabled late2:100%", await world.StatusesAsync());
        await world.RollBackAsync();
        Assert.Equal("late1:100% late2:disabled", await world.StatusesAsync());
    }

    [Fact]
    public async Task RollBack_WithNothingBefore_SaysWhatToDo()
    {
        await using var world = await WithTwoReleasesAsync();
        await world.RollBackAsync();

        var e = await Assert.ThrowsAsync<FairleadException>(() => world.RollBackAsync());

        Assert.Equal(ProblemKind.Conflict, e.Kind);
        Assert.Contains("fairlead deploy prod", e.Message);
        Assert.Equal("late1:100% late2:disabled", await world.StatusesAsync());
    }

    [Fact]
    public async Task RollBack_WhereNothingWasDeployed_SaysWhatToDo()
    {
        await using var world = new World();

        var empty = await Assert.ThrowsAsync<FairleadException>(() => world.RollBackAsync());
        var unknown = await Assert.ThrowsAsync<FairleadException>(() => world.RollBackAsync("prid"));

        Assert.Equal(ProblemKind.Conflict, empty.Kind);
        Assert.Equal(ProblemKind.NotFound, unknown.Kind);
        Assert.Contains("did you mean 'prod'?", unknown.Message);
    }

    [Fact]
    public async Task RollBack_WhileTheProjectFileIsBroken_Works()
    {
        await using var world = await WithTwoReleasesAsync();
        world.Workspace.Broken = "3:1: unknown key 'servces'";

        await world.RollBackAsync();

        Assert.Equal("late1:100% late2:disabled", await world.StatusesAsync());
        Assert.Equal(["stage", "prod"], (await world.States.FindAsync(CancellationToken.None))!.Environments.Select(environment => environment.Name));
    }

    [Fact]
    public async Task RollBack_WaitsForNoOtherProgram()
    {
        await using var world = await WithTwoReleasesAsync();
        world.Workspace.Snapshot = Samples.Project(["late"], "stage", "prod", "acme");
        var readings = world.Workspace.Readings;

        await world.RollBackAsync();

        Assert.Equal(readings, world.Workspace.Readings);
        Assert.Equal(["stage", "prod"], (await world.States.FindAsync(CancellationToken.None))!.Environments.Select(environment => environment.Name));

        // What was edited meanwhile comes with the next deployment.
        await world.DeployAsync();
        Assert.Equal(["stage", "prod", "acme"], (await world.States.FindAsync(CancellationToken.None))!.Environments.Select(environment => environment.Name));
    }

    [Fact]
    public async Task RollBack_OfAllServices_MovesThoseThatHaveAWayBack()
    {
        await using var world = new World("fast", "late");
        world.StartHost();
        await world.ReleaseAsync();
        await world.DeployAsync();
        await world.ReleaseAsync();
        await world.DeployAsync(services: ["late"]);

        var result = await world.RollBackAsync();

        Assert.Equal("fast1:100% late1:100% late2:disabled", await world.StatusesAsync());
        Assert.Equal("late", Assert.Single(result.Live).Name.Service);
    }

    [Fact]
    public async Task RollBack_OfOneService_LeavesTheOthers()
    {
        await using var world = new World("fast", "late");
        world.StartHost();
        for (var i = 0; i < 2; i++)
        {
            await world.ReleaseAsync();
            await world.DeployAsync();
        }

        await world.RollBackAsync(service: "fast");

        Assert.Equal("fast1:100% fast2:disabled late1:disabled late2:100%", await world.StatusesAsync());
        var e = await Assert.ThrowsAsync<FairleadException>(() => world.RollBackAsync(service: "fst"));
        Assert.Contains("did you mean 'fast'?", e.Message);
    }

    [Fact]
    public async Task RollBack_ToADamagedGroup_ServesAsBeforeAndForgetsIt()
    {
        await using var world = new World();
        var host = world.StartHost();
        await world.ReleaseAsync();
        await world.DeployAsync();
        await world.ReleaseAsync();
        await world.DeployAsync();
        host.Refuses = (_, group) => group.Name.Number == 1 ? "The blob was altered on disk." : null;

        var e = await Assert.ThrowsAsync<FairleadException>(() => world.RollBackAsync());

        Assert.Equal(ProblemKind.Failed, e.Kind);
        Assert.Equal("late1:destroyed late2:100%", await world.StatusesAsync());
        Assert.Equal("The blob was altered on disk.", (await world.GroupAsync("late-prod-v001")).Error);
    }

    [Fact]
    public async Task SetTraffic_BetweenTwoGroups_IsPublishedAndConfirmed()
    {
        await using var world = await WithTwoReleasesAsync();
        var weights = new Dictionary<ServerGroupName, Weight>
        {
            [ServerGroupName.Parse("late-prod-v001")] = new(2_500),
            [ServerGroupName.Parse("late-prod-v002")] = new(7_500),
        };

        var result = await world.Deployer.SetTrafficAsync("prod", "late", weights, "eve", CancellationToken.None);

        Assert.Equal("late1:25% late2:75%", await world.StatusesAsync());
        Assert.Equal(2, result.Live.Count);
    }

    [Fact]
    public async Task SetTraffic_ToAnUnknownGroup_NamesTheNearest()
    {
        await using var world = await WithTwoReleasesAsync();
        var weights = new Dictionary<ServerGroupName, Weight> { [ServerGroupName.Parse("late-prod-v003")] = Weight.All };

        var e = await Assert.ThrowsAsync<FairleadException>(() => world.Deployer.SetTrafficAsync("prod", "late", weights, "eve", CancellationToken.None));

        Assert.Equal(ProblemKind.NotFound, e.Kind);
        Assert.Contains("did you mean 'late-prod-v00", e.Message);
        Assert.Equal("late1:disabled late2:100%", await world.StatusesAsync());
    }

    private static async Task<World> WithTwoReleasesAsync()
    {
        var world = new World();
        world.StartHost();
        for (var i = 0; i < 2; i++)
        {
            await world.ReleaseAsync();
            await world.DeployAsync();
        }

        return world;
    }
}
