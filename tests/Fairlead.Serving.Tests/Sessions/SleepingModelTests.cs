using System.Net;

namespace Fairlead.Serving.Tests.Sessions;

public sealed class SleepingModelTests
{
    private const int Clients = 20;

    [Fact]
    public async Task Infer_MemoryForOneModelOnly_WakesEachAndLetsTheOtherSleep()
    {
        await using var host = await StartAsync();

        for (var round = 0; round < 5; round++)
        {
            Assert.Equal(7, await ValueAsync(host, "prod"));
            Assert.Equal(3, await ValueAsync(host, "stage"));
            Assert.Equal(1, host.Runtime.Alive);
        }

        Assert.True(host.Runtime.Loaded >= 10, $"{host.Runtime.Loaded} loads");
        Assert.Equal(10, host.Log.Records.Count);
    }

    [Fact]
    public async Task Infer_ManyClientsOfTwoModels_AllAreAnswered()
    {
        await using var host = await StartAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(client => Task.Run(async () =>
        {
            for (var n = 0; n < 40; n++)
                Assert.Equal(client % 2 == 0 ? 7 : 3, await ValueAsync(host, client % 2 == 0 ? "prod" : "stage"));
        })));

        Assert.Equal(320, host.Log.Records.Count);
        Assert.InRange(host.Runtime.Alive, 1, 2);
        Assert.Equal(host.Server.Sessions.Count, host.Runtime.Alive);
    }

    [Fact]
    public async Task Infer_ManyRequestsForASleepingModel_LoadItOnce()
    {
        await using var host = await StartAsync();
        Assert.Equal(7, await ValueAsync(host, "prod"));
        var before = host.Runtime.Loaded;
        using var loading = new Turnstile();
        host.Runtime.Loading = _ => loading.Pass();

        var answers = Enumerable.Range(0, Clients).Select(_ => ValueAsync(host, "stage")).ToList();
        var asleep = host.Server.Routes.Current.Groups.Single(group => group.Name.Environment == "stage");
        while (asleep.Admission.UnderWay < Clients)
            await Task.Yield();
        loading.Open();
        await Task.WhenAll(answers);

        Assert.Equal(before + 1, host.Runtime.Loaded);
    }

    [Fact]
    public async Task Infer_SleepingModelThatWasDamaged_Is503ThatSaysWhy()
    {
        await using var host = await StartAsync();
        Assert.Equal(7, await ValueAsync(host, "prod"));
        var path = host.PathOf(await host.GroupAsync(TestHost.Subtractor, 1));
        File.Delete(path);
        await File.WriteAllTextAsync(path, "no model", TestContext.Current.CancellationToken);

        Assert.Contains("altered on disk", await TestHost.ErrorAsync(await InferAsync(host, "stage"), HttpStatusCode.ServiceUnavailable), StringComparison.Ordinal);

        Assert.Equal(7, await ValueAsync(host, "prod"));
    }

    [Fact]
    public async Task Start_KeptModelsThatDoNotFit_StayAsleepUntilTheyAreAsked()
    {
        var root = Directory.CreateTempSubdirectory("fairlead-host-");
        try
        {
            await using (var first = await TestHost.StartAsync(root.FullName))
                await first.ApplyAsync(1, await first.GroupAsync(TestHost.Adder, 1), await first.GroupAsync(TestHost.Subtractor, 1, environment: "stage"));

            await using var second = await TestHost.StartAsync(root.FullName, options => options with { ModelMemoryBytes = 1 });

            Assert.Equal((1, 0), (second.Server.Report.AppliedVersion, second.Runtime.Loaded));
            Assert.Equal(3, await ValueAsync(second, "stage"));
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    private static async Task<TestHost> StartAsync()
    {
        var host = await TestHost.StartAsync(change: options => options with { ModelMemoryBytes = 1 });
        var report = await host.ApplyAsync(1, await host.GroupAsync(TestHost.Adder, 1), await host.GroupAsync(TestHost.Subtractor, 1, environment: "stage"));
        Assert.Equal(1, report.AppliedVersion);
        return host;
    }

    private static Task<HttpResponseMessage> InferAsync(TestHost host, string environment) => host.PostAsync($"/environments/{environment}/v2/models/score/infer", TestHost.Body(5, 2));

    private static async Task<float> ValueAsync(TestHost host, string environment)
    {
        using var response = await InferAsync(host, environment);
        return TestHost.ValueOf(await TestHost.JsonAsync(response));
    }
}
