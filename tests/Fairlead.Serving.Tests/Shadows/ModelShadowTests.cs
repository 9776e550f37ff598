using System.Net;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Services;
using Fairlead.Inference.Tests.OnnxModels;
using Fairlead.Serving.Shadows;

namespace Fairlead.Serving.Tests.Shadows;

public sealed class ModelShadowTests
{
    private const string Trace = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task Infer_WithShadow_IsCapturedBesideTheLiveAnswer()
    {
        await using var host = await StartAsync(TestHost.Subtractor);

        using var response = await host.PostAsync("/v2/models/score/infer", TestHost.Body(5, 2, "mine"), ("fairlead-unit", "unit-7"), ("traceparent", Trace));
        var records = await host.Log.WaitAsync(2);

        Assert.Equal(7, TestHost.ValueOf(await TestHost.JsonAsync(response)));
        var (live, shadow) = (records[0], records[1]);
        Assert.Equal((PredictionRole.Live, default(PredictionId), "score-prod-v001"), (live.Role, live.ShadowOf, live.Context.ServerGroup.ToString()));
        Assert.Equal((PredictionRole.Shadow, live.Id, "score-prod-v002"), (shadow.Role, shadow.ShadowOf, shadow.Context.ServerGroup.ToString()));
        Assert.NotEqual(live.Id, shadow.Id);
        Assert.Equal((live.Unit, live.RequestId, live.TraceId, 200), (shadow.Unit, shadow.RequestId, shadow.TraceId, shadow.Status));
        Assert.Equal(live.Inputs, shadow.Inputs);
        Assert.Equal((7f, 3f), (live.FirstOutput()[0], shadow.FirstOutput()[0]));
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task Infer_ShadowThatAnswersTheSame_Agrees(bool isBatching, bool isAcknowledged)
    {
        await using var host = await StartAsync(TestHost.Adder, group => group with
        {
            Service = group.Service with
            {
                Batch = isBatching ? new BatchPolicy(8, TimeSpan.FromMilliseconds(1)) : null,
                Durability = isAcknowledged ? CaptureDurability.Acknowledged : CaptureDurability.Relaxed,
            },
        });

        for (var n = 0; n < 20; n++)
            (await host.InferAsync(n, 1)).Dispose();
        var report = await WaitAsync(host, shadow => shadow.Agreed == 20);

        Assert.Equal((0, 0, 0), (report.Differed, report.Failed, report.Dropped));
        Assert.Equal(40, host.Log.Captured);
        Assert.Equal(20, host.Server.Report.Answered);
    }

    [Fact]
    public async Task Infer_ShadowThatAnswersOtherwise_Differs()
    {
        await using var host = await StartAsync(TestHost.Subtractor);

        (await host.InferAsync(1, 0)).Dispose();
        (await host.InferAsync(1, 2)).Dispose();
        await WaitAsync(host, shadow => shadow is { Agreed: 1, Differed: 1 });

        var metrics = await host.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        const string Labels = "{environment=\"prod\",service=\"score\",server_group=\"score-prod-v002\"";
        Assert.Contains($"fairlead_shadow_requests_total{Labels},result=\"differ\"}} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains($"fairlead_shadow_difference_bucket{Labels},le=\"1\"}} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains($"fairlead_shadow_difference_bucket{Labels},le=\"10\"}} 2\n", metrics, StringComparison.Ordinal);
        Assert.Contains($"fairlead_requests_total{Labels},code=\"2xx\"}} 0\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_ShadowOfAShare_GetsAllRequestsOfAUnitOrNone()
    {
        await using var host = await StartAsync(TestHost.Adder, mirror: Weight.Whole / 2);
        const int Units = 200;

        for (var n = 0; n < 2 * Units; n++)
            (await host.InferAsync(n, 1, ("fairlead-unit", $"unit-{n % Units}"))).Dispose();
        var mirrored = await SettleAsync(host, 2 * Units);

        var byUnit = mirrored.CountBy(record => record.Unit).ToList();
        Assert.All(byUnit, unit => Assert.Equal(2, unit.Value));
        Assert.InRange(byUnit.Count, Units / 4, 3 * Units / 4);
    }

    [Fact]
    public async Task Infer_ShadowOfAShareWithoutUnits_GetsAboutThatShare()
    {
        await using var host = await StartAsync(TestHost.Adder, mirror: Weight.Whole / 4);

        for (var n = 0; n < 400; n++)
            (await host.InferAsync(n, 1)).Dispose();

        Assert.InRange((await SettleAsync(host, 400)).Count, 50, 150);
    }

    [Fact]
    public async Task Infer_ShadowThatHangs_TouchesNoAnswer()
    {
        const int Requests = ShadowLane.MostWaiting + 500;
        using var turnstile = new Turnstile();
        await using var host = await StartAsync(TestHost.Adder);
        host.Runtime.Running = () =>
        {
            if (Thread.CurrentThread.Name == "shadow score-prod-v002")
                turnstile.Pass();
        };

        (await host.InferAsync(0, 0)).Dispose();
        await turnstile.ArrivedAsync();
        await Parallel.ForAsync(1, Requests, TestContext.Current.CancellationToken, async (n, _) =>
        {
            using var response = await host.InferAsync(n, 1);
            Assert.Equal(n + 1, TestHost.ValueOf(await TestHost.JsonAsync(response)));
        });

        var report = Assert.Single(host.Server.Report.Shadows);
        Assert.Equal((Requests, ShadowLane.MostWaiting, Requests - 1 - ShadowLane.MostWaiting), (host.Server.Report.Answered, report.Waiting, report.Dropped));
        Assert.Equal(0, report.Agreed + report.Differed + report.Failed);
        turnstile.Open();
        Assert.Equal(ShadowLane.MostWaiting + 1, (await WaitAsync(host, shadow => shadow.Waiting == 0 && shadow.Agreed > ShadowLane.MostWaiting)).Agreed);
    }

    [Fact]
    public async Task Infer_ShadowThatWantsOtherInputs_FailsAlone()
    {
        await using var host = await StartAsync(TestModels.Renamed("other", "sum"));

        using var response = await host.InferAsync(1, 2);
        await WaitAsync(host, shadow => shadow.Failed == 1);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var shadow = (await host.Log.WaitAsync(2)).Single(record => record.Role == PredictionRole.Shadow);
        Assert.Equal(400, shadow.Status);
        Assert.Contains("The shadow takes the input 'other'", shadow.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Infer_RefusedRequest_IsCountedAndNotCopied()
    {
        await using var host = await StartAsync(TestHost.Adder);

        (await host.PostAsync("/v2/models/score/infer", "{}")).Dispose();
        (await host.PostAsync("/v2/models/score/versions/v002/infer", TestHost.Body(1, 2))).Dispose();
        (await host.InferAsync(1, 2)).Dispose();
        await WaitAsync(host, shadow => shadow.Agreed == 1);

        Assert.Equal(4, host.Log.Captured);
        var metrics = await host.Client.GetStringAsync("/metrics", TestContext.Current.CancellationToken);
        Assert.Contains("""fairlead_shadow_dropped_total{environment="prod",service="score",server_group="score-prod-v002",reason="unread"} 1""" + "\n", metrics, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(host.Server.Report.Shadows).Dropped);
    }

    [Fact]
    public async Task Infer_RequestsThatNobodyAnswered_AreCountedAndNotCopied()
    {
        await using var host = await StartAsync(TestHost.Adder, group => group with { Service = group.Service with { Limits = new ServingLimits { Concurrency = 1, Queue = 1 } } });
        using var model = new Turnstile();
        host.Runtime.Running = model.Pass;
        var first = host.InferAsync(1, 2);
        await model.ArrivedAsync();
        using (var connection = await RawConnection.OpenAsync(host.Port))
        {
            var body = TestHost.Body(3, 4);
            await connection.SendAsync($"POST /v2/models/score/infer HTTP/1.1\r\nHost: localhost\r\nContent-Length: {body.Length}\r\n\r\n{body}");
            await WaitAsync(host, _ => host.Server.Routes.Current.Groups[0].Admission.Waiting == 1);

            using var shed = await host.InferAsync(5, 6);
            Assert.Equal(HttpStatusCode.TooManyRequests, shed.StatusCode);
            connection.Reset();
        }

        await WaitAsync(host, shadow => shadow.Dropped == 2);
        model.Open();
        (await first).Dispose();
        await WaitAsync(host, shadow => shadow.Agreed == 1);
    }

    [Fact]
    public async Task Apply_ShadowWithoutShare_GetsNothingMore()
    {
        await using var host = await StartAsync(TestHost.Adder);
        (await host.InferAsync(1, 2)).Dispose();
        await WaitAsync(host, shadow => shadow.Agreed == 1);

        await host.ApplyAsync(2, await host.GroupAsync(TestHost.Adder, 1), await host.GroupAsync(TestHost.Adder, 2, weight: 0));
        (await host.InferAsync(1, 2)).Dispose();

        Assert.Equal(1, Assert.Single(host.Server.Report.Shadows).Agreed);
        Assert.Equal(3, host.Log.Captured);
    }

    [Fact]
    public async Task Apply_ShadowThatDoesNotLoad_IsNoReasonToRefuse()
    {
        await using var host = await TestHost.StartAsync();
        var shadow = TestHost.With(Mirrored(await host.GroupAsync(TestHost.Adder, 2, weight: 0)), await host.PutAsync(BadModel()));

        var report = await host.ApplyAsync(1, await host.GroupAsync(TestHost.Adder, 1), shadow);
        using var response = await host.InferAsync(1, 2);

        Assert.Equal((1, null), (report.AppliedVersion, report.RefusedVersion));
        Assert.Equal("score-prod-v002", Assert.Single(report.Failures).ServerGroup.ToString());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static async Task<TestHost> StartAsync(byte[] shadow, Func<DesiredServerGroup, DesiredServerGroup>? change = null, int mirror = Weight.Whole)
    {
        var host = await TestHost.StartAsync();
        change ??= group => group;
        var report = await host.ApplyAsync(1, change(await host.GroupAsync(TestHost.Adder, 1)), change(Mirrored(await host.GroupAsync(shadow, 2, weight: 0), mirror)));
        Assert.Equal((1, 0), (report.AppliedVersion, report.Failures.Count));
        return host;
    }

    private static DesiredServerGroup Mirrored(DesiredServerGroup group, int mirror = Weight.Whole) => group with { Mirror = new Weight(mirror) };

    private static string BadModel()
    {
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "no model");
        return path;
    }

    private static async Task<ShadowReport> WaitAsync(TestHost host, Func<ShadowReport, bool> isReached)
    {
        while (true)
        {
            if (host.Server.Report.Shadows is [var report] && isReached(report))
                return report;
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>What the shadow scored, when nothing waits for it any more.</summary>
    private static async Task<List<CapturedRecord>> SettleAsync(TestHost host, int live)
    {
        await WaitAsync(host, shadow => shadow.Waiting == 0 && shadow.Agreed == host.Log.Captured - live);
        return [.. host.Log.Records.Where(record => record.Role == PredictionRole.Shadow)];
    }
}
