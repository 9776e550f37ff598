using System.Net;

namespace Fairlead.Serving.Tests.Routing;

public sealed class RoutingTests
{
    [Fact]
    public async Task Infer_NothingTakesTraffic_Is404ThatSaysSo()
    {
        await using var host = await TestHost.StartAsync();

        Assert.Contains("nothing takes traffic yet", await TestHost.ErrorAsync(await host.InferAsync(1, 2), HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_UnknownService_IsCalledAnUnknownModel()
    {
        await using var host = await TestHost.StartServingAsync();

        var error = await TestHost.ErrorAsync(await host.PostAsync("/v2/models/scores/infer", TestHost.Body(1, 2)), HttpStatusCode.NotFound);

        Assert.Equal("Request for unknown model: 'scores' is not found in environment 'prod'; did you mean 'score'?", error);
        Assert.Empty(host.Log.Records);
    }

    [Fact]
    public async Task Infer_SeveralEnvironments_OneMustBeNamed()
    {
        await using var host = await TestHost.StartAsync();
        await host.ApplyAsync(1, await host.GroupAsync(TestHost.Adder, 1), await host.GroupAsync(TestHost.Subtractor, 1, environment: "stage"));

        var error = await TestHost.ErrorAsync(await host.InferAsync(5, 2), HttpStatusCode.NotFound);
        Assert.Contains("prod, stage", error, StringComparison.Ordinal);
        Assert.Contains("fairlead-environment", error, StringComparison.Ordinal);

        Assert.Equal(7, await ValueAsync(await host.InferAsync(5, 2, ("fairlead-environment", "prod"))));
        Assert.Equal(3, await ValueAsync(await host.InferAsync(5, 2, ("fairlead-environment", "stage"))));
        Assert.Equal(3, await ValueAsync(await host.PostAsync("/environments/stage/v2/models/score/infer", TestHost.Body(5, 2))));
        Assert.Equal(3, await ValueAsync(await host.PostAsync("/environments/stage/v2/models/score/infer", TestHost.Body(5, 2), ("fairlead-environment", "prod"))));
    }

    [Fact]
    public async Task Infer_UnknownEnvironment_Is404WithTheNearest()
    {
        await using var host = await TestHost.StartServingAsync();

        Assert.Contains("did you mean 'stage'", await TestHost.ErrorAsync(await host.InferAsync(1, 2, ("fairlead-environment", "stag")), HttpStatusCode.NotFound), StringComparison.Ordinal);
        Assert.Contains("in environment 'stage'; there is none yet", await TestHost.ErrorAsync(await host.InferAsync(1, 2, ("fairlead-environment", "stage")), HttpStatusCode.NotFound), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_VersionInThePath_PicksItEvenWithoutTraffic()
    {
        await using var host = await TestHost.StartAsync();
        await host.ApplyAsync(1, await host.GroupAsync(TestHost.Adder, 1), await host.GroupAsync(TestHost.Subtractor, 2, weight: 0));

        Assert.Equal(7, await ValueAsync(await host.InferAsync(5, 2)));
        Assert.Equal(3, await ValueAsync(await host.PostAsync("/v2/models/score/versions/v002/infer", TestHost.Body(5, 2))));
        var error = await TestHost.ErrorAsync(await host.PostAsync("/v2/models/score/versions/v9/infer", TestHost.Body(5, 2)), HttpStatusCode.NotFound);
        Assert.Equal("Request for unknown model: 'score' version 'v9' is not found in environment 'prod'; known: v001, v002", error);
    }

    [Fact]
    public async Task Infer_NoGroupTakesTraffic_Is503()
    {
        await using var host = await TestHost.StartAsync();
        await host.ApplyAsync(1, await host.GroupAsync(TestHost.Adder, 1, weight: 0));

        Assert.Contains("takes traffic", await TestHost.ErrorAsync(await host.InferAsync(1, 2, ("fairlead-environment", "prod")), HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_SameUnit_AlwaysMeetsTheSameGroup()
    {
        await using var host = await TestHost.StartAsync();
        await host.ApplyAsync(1, await host.GroupAsync(TestHost.Adder, 1, 5000), await host.GroupAsync(TestHost.Subtractor, 2, 5000));

        for (var round = 0; round < 5; round++)
        {
            for (var unit = 0; unit < 40; unit++)
                (await host.InferAsync(5, 2, ("fairlead-unit", $"unit {unit}"))).Dispose();
        }

        var groups = host.Log.Records.GroupBy(record => record.Unit).Select(unit => unit.Select(record => record.Context.ServerGroup.Number).Distinct().Count());
        Assert.All(groups, count => Assert.Equal(1, count));
        Assert.Equal(2, host.Log.Records.Select(record => record.Context.ServerGroup).Distinct().Count());
    }

    private static async Task<float> ValueAsync(HttpResponseMessage response)
    {
        using (response)
            return TestHost.ValueOf(await TestHost.JsonAsync(response));
    }
}
