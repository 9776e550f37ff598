using System.Text.Json;
using Fairlead.Domain.Pipelines.Executions;
using Fairlead.Domain.Pipelines.Triggers;
using Fairlead.Triggers.Tests.Support;

namespace Fairlead.Triggers.Tests.Sources;

public sealed class SourceTests
{
    private const string Datasets = "datasets: { rides: { path: rides.csv } }\n";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Dataset_NewVersion_FiresOnceEach()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ dataset: rides, inputs: { number: \"${{ trigger.version }}\" } }", "{ number: { type: number } }") + Datasets);
        await bench.Catalog.Datasets.AddAsync(FileDatasets.Version("rides", [1]), Token);
        await bench.RoundAsync();
        Assert.Empty(await bench.ExecutionsAsync());
        await bench.Catalog.Datasets.AddAsync(FileDatasets.Version("rides", [2]), Token);
        await bench.Catalog.Datasets.AddAsync(FileDatasets.Version("rides", [3]), Token);
        await bench.Catalog.Datasets.AddAsync(FileDatasets.Version("other", [4]), Token);
        await bench.RoundAsync();
        await bench.RoundAsync();
        Assert.Equal([2, 3], (await bench.ExecutionsAsync()).Select(execution => execution.Plan.Inputs["number"].GetInt32()));
    }

    [Fact]
    public async Task Dataset_WatchedFileChanges_IsRegisteredOnceItStaysAsItIs()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ dataset: { dataset: rides, watch: true } }") + Datasets);
        var file = Path.Combine(bench.Root, "rides.csv");
        File.WriteAllText(file, "a");
        await bench.RoundAsync();
        await bench.RoundAsync();
        Assert.Single(await bench.Catalog.Datasets.ListAsync("rides", Token));
        var before = (await bench.ExecutionsAsync()).Count;
        File.AppendAllText(file, "b");
        await bench.RoundAsync();
        File.AppendAllText(file, "c");
        await bench.RoundAsync();
        Assert.Single(await bench.Catalog.Datasets.ListAsync("rides", Token));
        await bench.RoundAsync();
        await bench.RoundAsync();
        Assert.Equal(2, (await bench.Catalog.Datasets.ListAsync("rides", Token)).Count);
        Assert.Equal(before + 1, (await bench.ExecutionsAsync()).Count);
    }

    [Fact]
    public async Task Pipeline_AnotherEnds_FiresWithItsInputsAndCommit()
    {
        var yaml = TriggerBench.Yaml("{ pipeline: train, inputs: { share: \"${{ trigger.inputs.share }}\" } }", "{ share: { type: number } }")
            + "  train:\n    inputs: { share: { type: number } }\n    concurrency: parallel 100\n    stages: { settle: { wait: 0s } }\n";
        await using var bench = new TriggerBench(yaml);
        await StartAsync(bench, 0.1, null);
        await bench.RoundAsync();
        Assert.Empty(await bench.ExecutionsAsync());
        await StartAsync(bench, 0.2, null);
        await StartAsync(bench, 0.3, bench.Repository.Head);
        await bench.RoundAsync();
        await bench.RoundAsync();
        var executions = await bench.ExecutionsAsync();
        Assert.Equal([0.2, 0.3], executions.Select(execution => execution.Plan.Inputs["share"].GetDouble()));
        Assert.Equal([false, true], executions.Select(execution => execution.Plan.IsPinned));
        Assert.Equal("ann", executions[0].Plan.Cause.By);
    }

    [Fact]
    public async Task Pipeline_EndsOtherwiseThanWanted_DoesNotFire()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ pipeline: { pipeline: train, status: [failed, cancelled] } }") + "  train:\n    concurrency: parallel 9\n    stages: { settle: { wait: 300d } }\n");
        await bench.RoundAsync();
        var cancelled = await bench.Engine.StartAsync("train", new Dictionary<string, JsonElement>(), new ExecutionCause("manual", "ann"), null, Token);
        await bench.RoundAsync();
        Assert.Empty(await bench.ExecutionsAsync());
        await bench.Engine.RequestAsync(cancelled, ExecutionEventKind.CancelRequested, "ann", null, null, Token);
        await bench.EndAsync(cancelled);
        await bench.RoundAsync();
        Assert.Equal($"Execution {cancelled} of 'train' cancelled.", Assert.Single(await bench.ExecutionsAsync()).Plan.Cause.Detail);
    }

    [Fact]
    public async Task Alert_Fires_OncePerFiring()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ alert: drift }"));
        var old = new FiringAlert("drift", "late/prod", DateTimeOffset.UnixEpoch, 0.3);
        bench.Alerts.Firing = [old];
        await bench.RoundAsync();
        Assert.Empty(await bench.ExecutionsAsync());
        bench.Alerts.Firing = [old, old with { Target = "late/stage", Since = bench.Time.GetUtcNow() }, old with { Rule = "slow" }];
        await bench.RoundAsync(3);
        await bench.RoundAsync(3);
        Assert.Equal("The alert 'drift' about late/stage fires at 0.3.", Assert.Single(await bench.ExecutionsAsync()).Plan.Cause.Detail);
        bench.Alerts.Firing = [];
        await bench.RoundAsync(3);
        bench.Alerts.Firing = [old with { Since = bench.Time.GetUtcNow() }];
        await bench.RoundAsync(3);
        Assert.Equal(2, (await bench.ExecutionsAsync()).Count);
    }

    private static async Task StartAsync(TriggerBench bench, double share, string? commit)
    {
        var order = new ExecutionOrder
        {
            Pipeline = "train",
            Inputs = new Dictionary<string, JsonElement> { ["share"] = JsonSerializer.SerializeToElement(share) },
            Cause = new ExecutionCause("manual", "ann"),
            Commit = commit,
        };
        await bench.EndAsync(await bench.Engine.StartAsync(order, Token));
    }
}
