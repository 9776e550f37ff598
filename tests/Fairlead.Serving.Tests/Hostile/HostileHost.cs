using System.Net;
using Fairlead.Domain.Services;
using Fairlead.Inference.Tests.OnnxModels;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>A host with models of several kinds, as a class of tests shares it, and the checks that follow every attack.</summary>
public sealed class HostileHost : IAsyncLifetime
{
    /// <summary>What an attack may leave behind: pools and buffers, but nothing that grows with it.</summary>
    private const long MostLeft = 96 << 20;
    private TestHost? host;
    private long before;

    internal TestHost Host => host ?? throw new InvalidOperationException("The host was not started.");

    internal int Port { get; private set; }

    public async ValueTask InitializeAsync()
    {
        host = await TestHost.StartAsync(change: options => options with { MaxBodyBytes = 1 << 20 });
        var mixed = await host.GroupAsync(TestModels.Mixed(), 1, service: "mixed");
        var report = await host.ApplyAsync(
            1,
            await host.GroupAsync(TestHost.Adder, 1),
            await host.GroupAsync(TestHost.Subtractor, 1, environment: "stage"),
            mixed with { Service = mixed.Service with { Batch = new BatchPolicy(8, TimeSpan.Zero) } });
        Assert.Equal(1, report.AppliedVersion);
        Port = host.Port;
        await AssertServesAsync();
        before = Memory();
    }

    public async ValueTask DisposeAsync() => await Host.DisposeAsync();

    /// <summary>A good request has its good answer, and nothing of the attack is still under way.</summary>
    internal async Task AssertServesAsync()
    {
        using var answer = await Host.PostAsync(HttpSeeds.Infer, TestHost.Body(40, 2));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(42, TestHost.ValueOf(await TestHost.JsonAsync(answer)));
        Host.Log.Records.Clear();
    }

    /// <summary>The host holds no more than it did, but for what its pools keep.</summary>
    internal void AssertMemoryBounded()
    {
        var grown = Memory() - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"memory grew by {grown / 1024:N0} KiB");
        Assert.True(grown < MostLeft, $"The attack left {grown:N0} bytes behind.");
    }

    private static long Memory() => GC.GetTotalMemory(forceFullCollection: true);
}
