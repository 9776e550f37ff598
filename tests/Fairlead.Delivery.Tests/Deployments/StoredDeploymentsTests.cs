using Fairlead.Catalog;
using Fairlead.Delivery.Tests.Fakes;
using Fairlead.Domain.Deployments;

namespace Fairlead.Delivery.Tests.Deployments;

/// <summary>Deployments over the real catalog, which is closed and opened again in between.</summary>
public sealed class StoredDeploymentsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fairlead-delivery-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Deployments_AfterAReopening_GoOnWhereTheyWere()
    {
        await InAsync(async world =>
        {
            world.StartHost();
            await world.ReleaseAsync();
            await world.DeployAsync();
            await world.ReleaseAsync();
            await world.DeployAsync();
            Assert.Equal("late1:disabled late2:100%", await world.StatusesAsync());
        });
        await InAsync(async world =>
        {
            world.Time.Advance(TimeSpan.FromMinutes(1));
            var before = (await world.States.FindAsync(CancellationToken.None))!.Version;
            Assert.Equal(0, await world.Deployer.RecoverAsync(CancellationToken.None));
            world.StartHost();

            var result = await world.RollBackAsync();

            Assert.Equal(before + 1, result.Version);
            Assert.Equal("late1:100% late2:disabled", await world.StatusesAsync());
        });
        await InAsync(async world => Assert.Equal("late1:100% late2:disabled", await world.StatusesAsync()));
    }

    [Fact]
    public async Task Deployments_InterruptedByTheEndOfTheControlPlane_GoOn()
    {
        await InAsync(async world =>
        {
            await world.ReleaseAsync();
            var waiting = world.Time.Armed(TimeSpan.FromSeconds(30));
            _ = world.DeployAsync();
            await waiting;
        });
        await InAsync(async world =>
        {
            world.StartHost();
            Assert.Equal(0, await world.Deployer.RecoverAsync(CancellationToken.None));

            var rollout = await world.Rollouts.WaitAsync(1, now => now.IsEnded, TimeSpan.FromDays(1), CancellationToken.None);

            Assert.Equal(RolloutOutcome.Succeeded, rollout.Outcome);
            Assert.Equal("late1:100%", await world.StatusesAsync());
        });
    }

    [Fact]
    public async Task Deployments_ToTwoEnvironmentsAtOnce_AreBothStored()
    {
        await InAsync(async world =>
        {
            world.StartHost();
            for (var i = 0; i < 10; i++)
            {
                await world.ReleaseAsync();
                await Task.WhenAll(world.DeployAsync(environment: "stage"), world.DeployAsync(environment: "prod"));
            }

            var groups = await world.Groups.ListAsync(null, null, CancellationToken.None);
            Assert.Equal(20, groups.Count);
            Assert.Equal(2, groups.Count(group => group.Status == ServerGroupStatus.Enabled && group.Name.Number == 10));
        });
    }

    private async Task InAsync(Func<World, Task> act)
    {
        await using var catalog = SqliteCatalog.Open(Path.Combine(folder, "catalog.db"), TimeProvider.System);
        await using var world = new World(catalog.Releases, catalog.ServerGroups, catalog.Records, "late");
        await act(world);
    }
}
