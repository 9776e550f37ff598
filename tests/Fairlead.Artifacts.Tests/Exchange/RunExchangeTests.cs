using Fairlead.Artifacts.Exchange;
using Fairlead.Artifacts.Registry;
using Fairlead.Artifacts.Tests.Fakes;
using Fairlead.Artifacts.Tests.Registry;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Runs;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Artifacts.Tests.Exchange;

public sealed class RunExchangeTests : IDisposable
{
    private static readonly Digest Key = Digest.Of("key"u8);
    private readonly Scratch here = new();
    private readonly Scratch there = new();
    private readonly MemoryCatalog mine = new();
    private readonly MemoryCatalog theirs = new();

    [Fact]
    public async Task Run_OfferedHere_IsFoundThereByItsKeyWithWhereItCameFrom()
    {
        using var registry = await RegistryProcess.StartAsync();
        for (var i = 0; i < 100; i++)
            here.Write($"out/{i}", Scratch.Bytes(i, 100 * i));
        var tree = await here.Store.PutAsync(here.PathOf("out"), CancellationToken.None);
        var log = await here.Store.PutBytesAsync("printed"u8.ToArray(), CancellationToken.None);
        var run = mine.Add(MemoryCatalog.Begin(new RunId("train", 7), Key) with
        {
            Status = RunStatus.Succeeded,
            Outputs = [new RunOutput("data/", tree)],
            Log = log,
            Curves = await here.Store.PutBytesAsync("[1]"u8.ToArray(), CancellationToken.None),
            Metrics = new Dictionary<string, double> { ["auc"] = 0.6 },
            Machine = "big",
        });
        var (offering, asking) = (Exchange(here.Store, mine, registry.Options("cache")), Exchange(there.Store, theirs, registry.Options("cache")));
        await using (offering)
        {
            offering.Offer(run);
            while (offering.Waiting > 0)
                await Task.Yield();
        }

        await using (asking)
        {
            Assert.Null(await asking.FindAsync("train", Digest.Of("other"u8), id => MemoryCatalog.Begin(id, Key), CancellationToken.None));
            var found = await asking.FindAsync("train", Key, id => MemoryCatalog.Begin(id, Key) with { StartedBy = "them" }, CancellationToken.None);

            Assert.NotNull(found);
            Assert.Equal((new RunId("train", 1), RunStatus.Succeeded, "them", "big"), (found.Id, found.Status, found.StartedBy, found.Machine));
            Assert.EndsWith("cache, train-7 of big", found.Origin);
            Assert.Equal(0.6, found.Metrics["auc"]);
            Assert.All([tree, log, run.Curves!], artifact => Assert.True(there.Store.Contains(artifact)));
            Assert.Equal(found, Assert.Single(await ((IRunCatalog)theirs).ListAsync(null, 10, CancellationToken.None)));
        }
    }

    [Fact]
    public async Task Registry_ThatIsNotThere_IsNotWaitedForAgainAndAgain()
    {
        var asked = 0;
        var options = new RegistryOptions { Address = RegistryAddress.Parse($"127.0.0.1:{RegistryProcess.FreePort()}/x", isPlain: true), Attempts = 1 };
        await using var exchange = Exchange(here.Store, mine, options, () => asked++);
        for (var i = 0; i < 50; i++)
            Assert.Null(await exchange.FindAsync("train", Key, id => MemoryCatalog.Begin(id, Key), CancellationToken.None));
        Assert.Equal(1, asked);
        exchange.Offer(mine.AddRun("train", Key));
        Assert.Empty(await ((IRunCatalog)theirs).ListAsync(null, 10, CancellationToken.None));
    }

    [Fact]
    public async Task Record_ThatIsNotOfThatKey_IsNotUsed()
    {
        using var registry = await RegistryProcess.StartAsync();
        var options = registry.Options("cache");
        using var client = new RegistryClient(options, TimeProvider.System);
        var run = mine.AddRun("train", Digest.Of("another"u8), new RunOutput("a", await here.Store.PutBytesAsync("x"u8.ToArray(), CancellationToken.None)));
        var bundle = Artifacts.Registry.Bundles.BundleNames.OfRun($"key/{Key.Hex}", run);
        await new Artifacts.Registry.Bundles.BundlePusher(here.Store, client, TimeProvider.System).PushAsync(bundle, null, CancellationToken.None);

        await using var exchange = Exchange(there.Store, theirs, options);

        Assert.Null(await exchange.FindAsync("train", Key, id => MemoryCatalog.Begin(id, Key), CancellationToken.None));
        Assert.Empty(await ((IRunCatalog)theirs).ListAsync(null, 10, CancellationToken.None));
    }

    public void Dispose()
    {
        here.Dispose();
        there.Dispose();
    }

    private static RunExchange Exchange(LocalArtifactStore store, MemoryCatalog catalog, RegistryOptions options, Action? asked = null)
    {
        var definition = new StoreDefinition(options.Address.ToString(), true, null, null, true);
        var link = new RegistryLink(
            store,
            _ =>
            {
                asked?.Invoke();
                return Task.FromResult<StoreDefinition?>(definition);
            },
            _ => options,
            TimeProvider.System);
        return new RunExchange(store, link, catalog, TimeProvider.System, NullLogger<RunExchange>.Instance);
    }
}
