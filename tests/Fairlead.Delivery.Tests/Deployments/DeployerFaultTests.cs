using Fairlead.Delivery.Deployments;
using Fairlead.Delivery.Tests.Fakes;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;

namespace Fairlead.Delivery.Tests.Deployments;

/// <summary>Deployments beside others, without a host, refused, cancelled, and after a control plane that ended.</summary>
public sealed class DeployerFaultTests
{
    [Fact]
    public async Task Deploy_WhileAnotherIsUnderWay_IsRefusedInThatEnvironmentOnly()
    {
        await using var world = new World();
        await world.ReleaseAsync();
        var waiting = world.Time.Armed(TimeSpan.FromSeconds(30));
        var first = world.DeployAsync();
        await waiting;

        var e = await Assert.ThrowsAsync<FairleadException>(() => world.DeployAsync());
        Assert.Equal(ProblemKind.Conflict, e.Kind);
        Assert.Equal("Rollout '1' (blue-green deployment of release v001 to 'prod') is under way: wait until it has ended, or end it with 'fairlead rollout abort 1'.", e.Message);

        world.StartHost();
        await first;
        await world.DeployAsync(environment: "stage");
        Assert.Equal("late1:100%", await world.StatusesAsync("stage"));
    }

    [Fact]
    public async Task Deploy_WithoutAHost_StaysPreparedAndGoesOnLater()
    {
        await using var world = new World();
        await world.ReleaseAsync();
        var waiting = world.Time.Armed(TimeSpan.FromSeconds(30));
        var deployment = world.DeployAsync();
        await waiting;
        world.Time.Advance(TimeSpan.FromSeconds(30));

        var e = await Assert.ThrowsAsync<FairleadException>(() => deployment);
        Assert.Equal(ProblemKind.Unavailable, e.Kind);
        Assert.Equal("late1:preparing", await world.StatusesAsync());

        world.StartHost();
        await world.DeployAsync();
        Assert.Equal("late1:100%", await world.StatusesAsync());
    }

    [Fact]
    public async Task Deploy_OverOneThatWasGivenUp_FailsTheEarlier()
    {
        await using var world = new World();
        await world.ReleaseAsync();
        var waiting = world.Time.Armed(TimeSpan.FromSeconds(30));
        var deployment = world.DeployAsync();
        await waiting;
        world.Time.Advance(TimeSpan.FromSeconds(30));
        await Assert.ThrowsAsync<FairleadException>(() => deployment);
        world.StartHost();
        await world.ReleaseAsync();

        await world.DeployAsync();

        Assert.Equal("late1:failed late2:100%", await world.StatusesAsync());
        Assert.Contains("Superseded by release v002", (await world.GroupAsync("late-prod-v001")).Error);
    }

    [Fact]
    public async Task Deploy_Cancelled_LeavesNothingInPreparation()
    {
        await using var world = new World();
        await world.ReleaseAsync();
        using var cancel = new CancellationTokenSource();
        var waiting = world.Time.Armed(TimeSpan.FromSeconds(30));
        var deployment = world.DeployAsync(cancellationToken: cancel.Token);
        await waiting;

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => deployment);
        Assert.Equal("late1:failed", await world.StatusesAsync());
        Assert.Empty((await world.States.FindAsync(CancellationToken.None))!.ServerGroups);
    }

    [Fact]
    public async Task Deploy_WhenAWarmGroupIsDamaged_TakesItOutAndGoesOn()
    {
        await using var world = new World();
        var host = world.StartHost();
        await world.ReleaseAsync();
        await world.DeployAsync();
        await world.ReleaseAsync();
        await world.DeployAsync();
        await world.ReleaseAsync();
        host.Refuses = (_, group) => group.Name.Number == 1 ? "The blob was altered on disk." : null;

        await world.DeployAsync();

        Assert.Equal("late1:destroyed late2:disabled late3:100%", await world.StatusesAsync());
        Assert.Contains(world.Events, e => e.Kind == DeployEventKind.Evicted && e.ServerGroups.Single().Number == 1);
    }

    [Fact]
    public async Task Deploy_WhenTheSwitchIsRefused_ServesAsBefore()
    {
        await using var world = new World();
        var host = world.StartHost();
        await world.ReleaseAsync();
        await world.DeployAsync();
        await world.ReleaseAsync();
        host.Refuses = (_, group) => group.Name.Number == 2 && group.Weight == Weight.All ? "out of memory" : null;

        var e = await Assert.ThrowsAsync<FairleadException>(() => world.DeployAsync());

        Assert.Equal(ProblemKind.Failed, e.Kind);
        Assert.Contains("serves as before", e.Message);
        Assert.Equal("late1:100% late2:failed", await world.StatusesAsync());
    }

    [Fact]
    public async Task Deploy_WhileAnotherEnvironmentsGroupIsRefused_IsNotHeldUp()
    {
        await using var world = new World();
        var host = world.StartHost();
        await world.ReleaseAsync();
        host.Refuses = (_, group) => group.Name.Environment == "stage" ? "bad in stage" : null;

        var stage = world.DeployAsync(environment: "stage");
        var prod = world.DeployAsync();

        await Assert.ThrowsAsync<FairleadException>(() => stage);
        await prod;
        Assert.Equal("late1:failed", await world.StatusesAsync("stage"));
        Assert.Equal("late1:100%", await world.StatusesAsync());
    }

    [Fact]
    public async Task Deploy_ToTwoHosts_WaitsForBoth()
    {
        await using var world = new World();
        world.StartHost("http://localhost:7071");
        var slow = new FakeHost(world.Time, "http://localhost:7072");
        world.Reports.Report(slow.Report());
        await world.ReleaseAsync();
        var waiting = world.Time.Armed(TimeSpan.FromSeconds(30));
        var deployment = world.DeployAsync();
        await waiting;
        Assert.False(deployment.IsCompleted);

        slow.Connect(world.States, world.Reports);

        await deployment;
        Assert.Equal(2, slow.Applied!.Version);
        await slow.DisposeAsync();
    }

    [Fact]
    public async Task Recover_AfterAControlPlaneEnded_GoesOnWithItsRollout()
    {
        await using var world = new World();
        await world.ReleaseAsync();
        var waiting = world.Time.Armed(TimeSpan.FromSeconds(30));
        var abandoned = world.DeployAsync();
        await waiting;

        await world.RestartAsync();
        world.StartHost();
        var recovered = await world.Deployer.RecoverAsync(CancellationToken.None);
        await world.Rollouts.WaitAsync(1, now => now.IsEnded, TimeSpan.FromDays(1), CancellationToken.None);

        Assert.Equal(0, recovered);
        Assert.Equal("late1:100%", await world.StatusesAsync());
        var e = await Assert.ThrowsAsync<FairleadException>(() => abandoned);
        Assert.Equal(ProblemKind.Unavailable, e.Kind);
        Assert.Contains("fairlead rollout show 1", e.Message);
    }

    [Fact]
    public async Task Recover_OfAGroupThatNobodyGoesOnWith_FailsIt()
    {
        await using var world = new World();
        await world.Groups.AddAsync([("late", "prod", name => Samples.Group(name.Number))], CancellationToken.None);

        Assert.Equal(1, await world.Deployer.RecoverAsync(CancellationToken.None));
        Assert.Equal("late1:failed", await world.StatusesAsync());
    }

    [Fact]
    public async Task Recover_WithNothingToDo_PublishesOnlyTheFirstTime()
    {
        await using var world = new World();

        await world.Deployer.RecoverAsync(CancellationToken.None);
        var first = await world.States.FindAsync(CancellationToken.None);
        await world.Deployer.RecoverAsync(CancellationToken.None);
        var second = await world.States.FindAsync(CancellationToken.None);
        world.Workspace.Snapshot = Samples.Project(["late"], "stage", "prod", "acme");
        await world.Deployer.RecoverAsync(CancellationToken.None);
        var third = await world.States.FindAsync(CancellationToken.None);

        Assert.Equal(1, first!.Version);
        Assert.Equal(1, second!.Version);
        Assert.Equal(2, third!.Version);
        Assert.Equal(["stage", "prod", "acme"], third.Environments.Select(environment => environment.Name));
    }

    [Fact]
    public async Task Deploy_FromOneHundredReleases_NamesNoGroupTwice()
    {
        await using var world = new World();
        var host = world.StartHost();
        for (var i = 0; i < 100; i++)
        {
            await world.ReleaseAsync();
            await world.DeployAsync();
        }

        var groups = await world.Groups.ListAsync("prod", "late", CancellationToken.None);
        Assert.Equal(100, groups.Select(group => group.Name).Distinct().Count());
        Assert.Equal(3, host.Applied!.ServerGroups.Count);
        Assert.Equal(new ReleaseName(100), host.Applied.ServerGroups.Single(group => group.Weight == Weight.All).Release);
    }
}
