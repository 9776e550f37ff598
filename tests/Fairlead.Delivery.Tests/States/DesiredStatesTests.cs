using Fairlead.Delivery.States;
using Fairlead.Delivery.Tests.Fakes;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;

namespace Fairlead.Delivery.Tests.States;

public sealed class DesiredStatesTests
{
    [Fact]
    public async Task Wait_WhenTheVersionIsThere_ReturnsAtOnce()
    {
        await using var world = new World();
        await world.States.ChangeAsync(_ => [], CancellationToken.None);

        var state = await world.States.WaitForVersionAfterAsync(0, TimeSpan.Zero, CancellationToken.None);

        Assert.Equal(1, state!.Version);
    }

    [Fact]
    public async Task Wait_WhenNothingIsPublished_EndsWithTheTimeout()
    {
        await using var world = new World();
        var armed = world.Time.Armed(TimeSpan.FromSeconds(25));
        var wait = world.States.WaitForVersionAfterAsync(0, TimeSpan.FromSeconds(25), CancellationToken.None);
        await armed;

        world.Time.Advance(TimeSpan.FromSeconds(25));

        Assert.Null(await wait);
    }

    [Fact]
    public async Task Wait_OfManyHosts_WakesAllOfThem()
    {
        await using var world = new World();
        var waits = Enumerable.Range(0, 50).Select(_ => world.States.WaitForVersionAfterAsync(0, TimeSpan.FromSeconds(25), CancellationToken.None)).ToList();

        await world.States.ChangeAsync(_ => [], CancellationToken.None);

        Assert.All(await Task.WhenAll(waits), state => Assert.Equal(1, state!.Version));
    }

    [Fact]
    public async Task Wait_AfterARestart_KnowsWhatWasPublished()
    {
        await using var world = new World();
        await world.States.ChangeAsync(_ => [], CancellationToken.None);
        await world.RestartAsync();

        Assert.Equal(1, (await world.States.WaitForVersionAfterAsync(0, TimeSpan.Zero, CancellationToken.None))!.Version);
        Assert.Null(await world.States.WaitForVersionAfterAsync(1, TimeSpan.Zero, CancellationToken.None));
    }

    [Fact]
    public async Task Change_FromManyAtOnce_LosesNone()
    {
        await using var world = new World();
        await world.Groups.AddAsync([("late", "prod", name => Samples.Group(1) with { Name = name })], CancellationToken.None);

        await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() => world.States.ChangeAsync(
            groups => [groups[0] with { CreatedBy = groups[0].CreatedBy + "." }], CancellationToken.None))));

        Assert.Equal("ada".Length + 100, (await world.GroupAsync("late-prod-v001")).CreatedBy.Length);
        Assert.Equal(100, (await world.States.FindAsync(CancellationToken.None))!.Version);
    }

    [Fact]
    public async Task Change_WhoseTransitionThrows_PublishesNothingAndDoesNotBlock()
    {
        await using var world = new World();

        await Assert.ThrowsAsync<InvalidOperationException>(() => world.States.ChangeAsync(_ => throw new InvalidOperationException(), CancellationToken.None));

        Assert.Null(await world.States.FindAsync(CancellationToken.None));
        Assert.Equal(1, (await world.States.ChangeAsync(_ => [], CancellationToken.None)).Version);
    }

    [Fact]
    public async Task Change_WithABrokenProjectFileBeforeTheFirstState_SaysWhatIsWrong()
    {
        await using var world = new World();
        world.Workspace.Broken = "1:1: the file is empty";

        var e = await Assert.ThrowsAsync<FairleadException>(() => world.States.ChangeAsync(_ => [], CancellationToken.None));

        Assert.Equal(world.Workspace.Broken, e.Message);
    }

    [Fact]
    public void Build_GroupsOfEveryStatus_HoldsThoseThatTheHostNeeds()
    {
        ServerGroup[] groups =
        [
            Samples.Group(5, ServerGroupStatus.Enabled) with { Weight = Weight.All },
            Samples.Group(4, ServerGroupStatus.Preparing),
            Samples.Group(3, ServerGroupStatus.Disabled),
            Samples.Group(2, ServerGroupStatus.Failed),
            Samples.Group(1, ServerGroupStatus.Destroyed),
            Samples.Group(1, ServerGroupStatus.Disabled, environment: "retired"),
        ];

        var state = DesiredStateBuilder.Build(7, new KnownProject("sample", [new("stage"), new("prod")]), groups);

        Assert.Equal(["late-prod-v003", "late-prod-v004", "late-prod-v005", "late-retired-v001"], state.ServerGroups.Select(group => group.Name.ToString()));
        Assert.Equal(["stage", "prod", "retired"], state.Environments.Select(environment => environment.Name));
        Assert.Equal(Weight.All, state.ServerGroups[2].Weight);
        Assert.Equal(groups[0].Service.Digest, state.ServerGroups[2].Service.Digest);
    }
}
