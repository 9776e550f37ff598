using System.Net;
using System.Text.Json;
using Fairlead.Domain.Configurations;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;
using Fairlead.Inference.Chains;

namespace Fairlead.Serving.Tests.Sessions;

public sealed class ConfiguredChainTests
{
    private const string Above = """{"inputs":[{"name":"x","shape":[1],"datatype":"FP64","data":[0.6]}]}""";

    [Fact]
    public async Task Chain_OfTwoEnvironmentsWithOtherSettings_AnswersByEachOnesOwn()
    {
        await using var host = await TestHost.StartAsync();
        var report = await host.ApplyAsync(1, Group("prod", 1, "0.5"), Group("stage", 1, "0.7"));
        Assert.Equal(1, report.AppliedVersion);
        Assert.Equal((true, false), (await AskAsync(host, "prod"), await AskAsync(host, "stage")));
        Assert.Equal(2, host.Server.Sessions.Count);

        await host.ApplyAsync(2, Group("prod", 1, "0.5"), Group("stage", 2, "0.5"));
        Assert.Equal((true, true), (await AskAsync(host, "prod"), await AskAsync(host, "stage")));
        Assert.Equal(1, host.Server.Sessions.Count);
    }

    private static async Task<bool> AskAsync(TestHost host, string environment)
    {
        using var answer = await host.PostAsync($"/environments/{environment}/v2/models/decide/infer", Above);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await TestHost.JsonAsync(answer)).GetProperty("outputs")[0].GetProperty("data")[0].GetBoolean();
    }

    private static DesiredServerGroup Group(string environment, int number, string threshold)
    {
        IReadOnlyList<ConfigSetting> config = [new("threshold", ConfigType.Number) { Default = Json("0.1"), Value = Json(threshold) }];
        var definition = new ChainDefinition([new TensorSpec("x", TensorType.Float64, [-1])], [new ChainStage(null, "decide.sql")]);
        return new DesiredServerGroup
        {
            Name = new ServerGroupName("decide", environment, number),
            Release = new ReleaseName(1),
            Service = new ReleasedService { Name = "decide", Chain = new ChainInspector().Inspect("decide", definition, [new ReleasedStage(null, "select x >= config.threshold as call from input, config")], config), Config = config },
            Configuration = Domain.Artifacts.Digest.Of(System.Text.Encoding.UTF8.GetBytes(threshold)),
            Weight = Weight.All,
        };
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();
}
