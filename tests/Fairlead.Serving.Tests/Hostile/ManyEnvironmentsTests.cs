using System.Diagnostics;
using System.Net;
using Fairlead.Domain.Deployments;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>A thousand environments in one host; measured alone, for what other tests take or give back would count.</summary>
[Collection(nameof(ManyEnvironmentsTests))]
[CollectionDefinition(nameof(ManyEnvironmentsTests), DisableParallelization = true)]
public sealed class ManyEnvironmentsTests
{
    private const int Count = 1_000;
    private const int Models = 10;
    private const int OwnModels = 50;

    /// <summary>The aim is 50 KB; the bound leaves room for what a test's own process holds.</summary>
    private const long MostBytesEach = 100 * 1024;

    [Fact]
    public async Task Host_ThousandEnvironments_RoutesEachToItsModelAndHoldsLittle()
    {
        await using var host = await TestHost.StartAsync(change: options => options with { ModelMemoryBytes = 1 });
        var groups = new List<DesiredServerGroup>();
        for (var n = 0; n < Count; n++)
            groups.Add(await host.GroupAsync(ShiftedModels.Of(ModelOf(n)), 1, environment: Name(n)));
        var (heap, resident) = Measure();

        var report = await host.ApplyAsync(1, [.. groups]);

        Assert.Equal(1, report.AppliedVersion);
        var (heapNow, residentNow) = Measure();
        TestContext.Current.TestOutputHelper?.WriteLine($"each environment {(heapNow - heap) / Count:N0} bytes of heap, {(residentNow - resident) / Count:N0} resident; {host.Server.Sessions.Count} of {OwnModels + Models} models are loaded");
        Assert.InRange((heapNow - heap) / Count, 0, MostBytesEach);
        Assert.Equal(1, host.Server.Sessions.Count);

        await AssertRoutedAsync(host);
        var (heapUsed, residentUsed) = Measure();
        TestContext.Current.TestOutputHelper?.WriteLine($"each environment that was used {(heapUsed - heap) / Count:N0} bytes of heap, {(residentUsed - resident) / Count:N0} resident");
        Assert.Equal(host.Server.Sessions.Count, host.Runtime.Alive);
        Assert.InRange(host.Runtime.Alive, 1, 4);
        Assert.All(host.Log.Records, record => Assert.Equal(Expected(int.Parse(record.Context.ServerGroup.Environment[3..])), record.FirstOutput()[0]));
        Assert.Contains("score-env999-v001", await host.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static async Task AssertRoutedAsync(TestHost host) => await Parallel.ForEachAsync(Enumerable.Range(0, Count), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (n, _) =>
    {
        using var byPath = await host.PostAsync($"/environments/{Name(n)}/v2/models/score/infer", TestHost.Body(1, 2));
        using var byHeader = await host.PostAsync("/v2/models/score/infer", TestHost.Body(1, 2), ("fairlead-environment", Name(n)));
        foreach (var answer in new[] { byPath, byHeader })
        {
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal($"score-{Name(n)}-v001", answer.Headers.GetValues("fairlead-server-group").Single());
            Assert.Equal(Expected(n), TestHost.ValueOf(await TestHost.JsonAsync(answer)));
        }
    });

    private static string Name(int n) => $"env{n}";

    /// <summary>Some environments have a model of their own; the others share a few.</summary>
    private static int ModelOf(int n) => n < OwnModels ? n + Models : n % Models;

    private static float Expected(int n) => 3 + (ModelOf(n) * ShiftedModels.Step);

    private static (long Heap, long Resident) Measure()
    {
        var heap = GC.GetTotalMemory(forceFullCollection: true);
        using var self = Process.GetCurrentProcess();
        return (heap, self.WorkingSet64);
    }
}
