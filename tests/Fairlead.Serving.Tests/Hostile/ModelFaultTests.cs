using System.Net;
using System.Text.Json;
using Fairlead.Domain.Services;
using Fairlead.Inference.Tests.OnnxModels;
using Fairlead.Serving.Limits;

namespace Fairlead.Serving.Tests.Hostile;

/// <summary>Models that do not do what models do.</summary>
public sealed class ModelFaultTests
{
    /// <summary>Rounds that take several times the deadline, and end all the same: what hangs for ever cannot be ended in a process.</summary>
    private const long Long = 600_000;
    private const int GraphField = 6;
    private const int GraphType = 5;
    private const int TypeField = 20;
    private static readonly TimeSpan Deadline = TimeSpan.FromMilliseconds(200);

    [Fact]
    public async Task Infer_ModelThatThrows_IsAnsweredRecordedAndForgotten()
    {
        await using var host = await TestHost.StartServingAsync();
        host.Runtime.Running = () => throw new InvalidOperationException("The engine is broken.");

        for (var n = 0; n < 200; n++)
            Assert.DoesNotContain("broken", await TestHost.ErrorAsync(await host.InferAsync(1, 2), HttpStatusCode.InternalServerError), StringComparison.Ordinal);

        host.Runtime.Running = () => { };
        using var answer = await host.InferAsync(1, 2);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(201, host.Log.Records.Count);
        Assert.Equal(200, host.Log.Records.Count(record => record.Status == 500 && record.Error.Length > 0));
        Assert.Equal(0, host.Server.Routes.Current.Groups.Single().Admission.UnderWay);
    }

    [Fact]
    public async Task Infer_ModelThatLoopsForLong_Is504InTimeAndTheOthersAreServed()
    {
        await using var host = await TestHost.StartAsync();
        var looping = await host.GroupAsync(Looping(), 1, service: "loop");
        var report = await host.ApplyAsync(
            1,
            await host.GroupAsync(TestHost.Adder, 1),
            looping with { Service = looping.Service with { Limits = new ServingLimits { Deadline = Deadline } } });
        Assert.Equal(1, report.AppliedVersion);
        Assert.Equal(5, await LoopAsync(host, 5));

        var late = await host.PostAsync("/v2/models/loop/infer", Body(Long));

        Assert.Contains("deadline", await TestHost.ErrorAsync(late, HttpStatusCode.GatewayTimeout), StringComparison.Ordinal);
        var admission = Admission(host);
        Assert.Equal(1, admission.UnderWay);
        for (var n = 0; n < 50; n++)
        {
            using var other = await host.InferAsync(n, 2);
            Assert.Equal(n + 2, TestHost.ValueOf(await TestHost.JsonAsync(other)));
        }

        while (admission.UnderWay > 0)
            await Task.Yield();
        Assert.Equal(0, admission.Stuck);
        Assert.Equal(7, await LoopAsync(host, 7));
    }

    private static Admission Admission(TestHost host) => host.Server.Routes.Current.Groups.Single(group => group.Name.Service == "loop").Admission;

    private static async Task<long> LoopAsync(TestHost host, long times)
    {
        using var answer = await host.PostAsync("/v2/models/loop/infer", Body(times));
        var json = await TestHost.JsonAsync(answer);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, json.ToString());
        return json.GetProperty("outputs")[0].GetProperty("data")[0].GetInt64();
    }

    private static string Body(long times) => $$"""{"inputs":[{"name":"times","shape":[1],"datatype":"INT64","data":[{{times}}]}]}""";

    /// <summary><c>count</c> INT64 [1] is <c>times</c>, counted one by one.</summary>
    private static byte[] Looping() => new OnnxModelBuilder()
        .Constant("zero", [0L])
        .Constant("one", [1L])
        .Input("times", OnnxType.Int64, 1)
        .Output("count", OnnxType.Int64, 1)
        .Node("Loop", ["times", "", "zero"], ["count"], "", Body())
        .Build();

    private static ProtoWriter Body()
    {
        var body = new ProtoWriter()
            .Message(1, Node("Identity", ["go"], "goOn"))
            .Message(1, Node("Add", ["sum", "one"], "next"))
            .Text(2, "body")
            .Message(11, Value("round", OnnxType.Int64))
            .Message(11, Value("go", OnnxType.Bool))
            .Message(11, Value("sum", OnnxType.Int64, 1))
            .Message(12, Value("goOn", OnnxType.Bool))
            .Message(12, Value("next", OnnxType.Int64, 1));
        return new ProtoWriter().Text(1, "body").Message(GraphField, body).Integer(TypeField, GraphType);
    }

    private static ProtoWriter Node(string operation, string[] inputs, string output)
    {
        var node = new ProtoWriter();
        foreach (var input in inputs)
            node.Text(1, input);
        return node.Text(2, output).Text(4, operation);
    }

    private static ProtoWriter Value(string name, OnnxType type, params long[] shape)
    {
        var dimensions = new ProtoWriter();
        foreach (var dimension in shape)
            dimensions.Message(1, new ProtoWriter().Integer(1, dimension));
        return new ProtoWriter().Text(1, name).Message(2, new ProtoWriter().Message(1, new ProtoWriter().Integer(1, (int)type).Message(2, dimensions)));
    }
}
