using System.Net;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Services;

namespace Fairlead.Serving.Tests.Rest;

public sealed class DescriptionTests
{
    [Fact]
    public async Task Get_Statistics_HaveTheFormThatClientsRead()
    {
        await using var host = await TestHost.StartServingAsync();
        for (var n = 0; n < 3; n++)
            (await host.InferAsync(1, 2)).Dispose();
        (await host.PostAsync("/v2/models/score/infer", "{}")).Dispose();

        foreach (var path in new[] { "/v2/models/score/stats", "/v2/models/score/versions/v001/stats", "/v2/models/stats" })
        {
            var statistics = Assert.Single((await host.GetAsync(path)).Json.GetProperty("model_stats").EnumerateArray());
            Assert.Equal("score", statistics.GetProperty("name").GetString());
            Assert.Equal("v001", statistics.GetProperty("version").GetString());
            Assert.Equal(3, statistics.GetProperty("inference_count").GetInt64());
            Assert.Equal(3, statistics.GetProperty("execution_count").GetInt64());
            Assert.True(statistics.GetProperty("last_inference").GetInt64() > 1_700_000_000_000);
            Assert.Equal(3, statistics.GetProperty("inference_stats").GetProperty("success").GetProperty("count").GetInt64());
            Assert.Equal(1, statistics.GetProperty("inference_stats").GetProperty("fail").GetProperty("count").GetInt64());
            Assert.Equal(1, statistics.GetProperty("batch_stats")[0].GetProperty("batch_size").GetInt64());
        }

        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync("/v2/models/other/stats")).Status);
    }

    [Fact]
    public async Task Get_Configuration_HasTheNamesThatClientsKnow()
    {
        await using var host = await TestHost.StartServingAsync(service: service => service with { Batch = new BatchPolicy(64, TimeSpan.FromMilliseconds(2)) });

        var config = (await host.GetAsync("/v2/models/score/config")).Json;

        Assert.Equal("score", config.GetProperty("name").GetString());
        Assert.Equal("onnxruntime", config.GetProperty("backend").GetString());
        Assert.Equal("TYPE_FP32", config.GetProperty("input")[0].GetProperty("data_type").GetString());
        Assert.Equal([-1, 1], config.GetProperty("input")[0].GetProperty("dims").EnumerateArray().Select(dimension => dimension.GetInt64()));
        Assert.Equal(2000, config.GetProperty("dynamic_batching").GetProperty("max_queue_delay_microseconds").GetInt64());
    }

    [Fact]
    public async Task Get_Models_ListsThem()
    {
        await using var host = await TestHost.StartAsync();
        Assert.Equal(0, (await host.GetAsync("/v2/models")).Json.GetProperty("models").GetArrayLength());
        await host.ApplyAsync(1, await host.GroupAsync(TestHost.Adder, 1), await host.GroupAsync(TestHost.Adder, 1, service: "other"));

        Assert.Equal(["other", "score"], (await host.GetAsync("/v2/models")).Json.GetProperty("models").EnumerateArray().Select(model => model.GetString()));
    }

    [Fact]
    public async Task Post_RepositoryOfAManagedHost_IsListedAndNotChanged()
    {
        await using var host = await TestHost.StartServingAsync();

        using (var index = await host.PostAsync("/v2/repository/index", "{\"ready\":true}"))
        {
            var entry = Assert.Single((await TestHost.JsonAsync(index)).EnumerateArray());
            Assert.Equal("READY", entry.GetProperty("state").GetString());
        }

        Assert.Contains("fairlead deploy", await TestHost.ErrorAsync(await host.PostAsync("/v2/repository/models/score/unload", ""), HttpStatusCode.BadRequest), StringComparison.Ordinal);
        await TestHost.ErrorAsync(await host.PostAsync("/v2/repository/index", "{"), HttpStatusCode.BadRequest);
        await TestHost.ErrorAsync(await host.Client.GetAsync("/v2/repository/index", TestContext.Current.CancellationToken), HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Post_RepositoryOfAFreeHost_LoadsAndUnloads()
    {
        await using var host = await TestHost.StartAsync();
        var repository = new TestRepository();
        host.Server.Repository = repository;

        using (var load = await host.PostAsync("/v2/repository/models/late/load", "{\"parameters\":{}}"))
            Assert.Equal(HttpStatusCode.OK, load.StatusCode);
        await TestHost.ErrorAsync(await host.PostAsync("/v2/repository/models/gone/unload", ""), HttpStatusCode.NotFound);
        using var index = await host.PostAsync("/v2/repository/index", "");

        Assert.Equal(["late"], repository.Loaded);
        Assert.Equal("unloaded", (await TestHost.JsonAsync(index))[0].GetProperty("reason").GetString());
        using var ready = await host.PostAsync("/v2/repository/index", "{\"ready\":true}");
        Assert.Equal(0, (await TestHost.JsonAsync(ready)).GetArrayLength());
    }

    [Fact]
    public async Task Infer_EmptyBatch_IsAnsweredEmptyAndNotCaptured()
    {
        await using var host = await TestHost.StartServingAsync();

        using var response = await host.PostAsync("/v2/models/score/infer", """{"inputs":[{"name":"a","shape":[0,1],"datatype":"FP32","data":[]},{"name":"b","shape":[0,1],"datatype":"FP32","data":[]}]}""");

        var output = (await TestHost.JsonAsync(response)).GetProperty("outputs")[0];
        Assert.Equal([0, 1], output.GetProperty("shape").EnumerateArray().Select(dimension => dimension.GetInt64()));
        Assert.Empty(host.Log.Records);
        Assert.Equal(1, host.Server.Report.Answered);
    }

    private sealed class TestRepository : IModelRepository
    {
        public List<string> Loaded { get; } = [];

        public IReadOnlyList<RepositoryEntry> Index() => [new("late", "1", "UNAVAILABLE", "unloaded")];

        public Task LoadAsync(string model, CancellationToken cancellationToken)
        {
            Loaded.Add(model);
            return Task.CompletedTask;
        }

        public Task UnloadAsync(string model, CancellationToken cancellationToken) => throw FairleadException.NotFound($"There is no model '{model}'.");
    }
}
