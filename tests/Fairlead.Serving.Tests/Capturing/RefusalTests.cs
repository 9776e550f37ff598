using System.Net;
using System.Text;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Services;
using Fairlead.Grpc;
using Fairlead.Grpc.Client;
using Fairlead.Serving.Tests.Rpc;
using Fairlead.Serving.Tests.Shadows;

namespace Fairlead.Serving.Tests.Capturing;

/// <summary>Requests that never reach a model are rows as well, as soon as it is known whom they were for.</summary>
public sealed class RefusalTests
{
    private const string Infer = "/v2/models/score/infer";

    [Theory]
    [InlineData(Infer, "{\"inputs\":[]}", "application/json", 400, RouteKind.Unit)]
    [InlineData(Infer, "{{", "application/json", 400, RouteKind.Unit)]
    [InlineData("/environments/prod/v2/models/score/infer", "[1]", "application/json", 400, RouteKind.Unit)]
    [InlineData("/v2/models/score/versions/v001/infer", "", "application/json", 400, RouteKind.Version)]
    [InlineData("/v2/models/score/versions/v009/infer", "{}", "application/json", 404, RouteKind.None)]
    [InlineData("/v2/models/score/nonsense", "{}", "application/json", 404, RouteKind.None)]
    [InlineData(Infer, "{}", "text/x-unknown", 415, RouteKind.None)]
    [InlineData("/services/score/x", "{}", "application/json", 400, RouteKind.None)]
    public async Task Rest_RefusedRequest_IsRecordedWithStatusAndSentence(string path, string body, string type, int status, RouteKind route)
    {
        await using var host = await TestHost.StartServingAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, type) };
        request.Headers.Add("fairlead-unit", "u");

        var sentence = await TestHost.ErrorAsync(await host.Client.SendAsync(request, TestContext.Current.CancellationToken), (HttpStatusCode)status);

        var record = host.Log.Single();
        Assert.Equal((status, route, "u", "score-prod-v001"), (record.Status, record.Route, record.Unit, record.Context.ServerGroup.ToString()));
        Assert.Equal(sentence, record.Error);
        Assert.Equal((1, 0), (record.Rows, record.Outputs.Length));
    }

    [Fact]
    public async Task Rest_OtherMethod_IsRecorded()
    {
        await using var host = await TestHost.StartServingAsync();

        (await host.Client.GetAsync(Infer, TestContext.Current.CancellationToken)).Dispose();

        Assert.Equal((405, RouteKind.None), (host.Log.Single().Status, host.Log.Single().Route));
    }

    [Fact]
    public async Task Rest_LongBodyCutShortByTheLimit_IsRecorded()
    {
        await using var host = await TestHost.StartServingAsync(change: options => options with { MaxBodyBytes = 1000 });
        using var request = new HttpRequestMessage(HttpMethod.Post, Infer) { Content = new StringContent(new string('x', 5000)) };
        request.Headers.TransferEncodingChunked = true;
        request.Content.Headers.ContentType = new("application/json");

        (await host.Client.SendAsync(request, TestContext.Current.CancellationToken)).Dispose();

        Assert.Equal((413, RouteKind.None), (host.Log.Single().Status, host.Log.Single().Route));
    }

    [Theory]
    [InlineData("/v2/models/other/infer")]
    [InlineData("/environments/nowhere/v2/models/score/infer")]
    [InlineData("/v2/nonsense")]
    public async Task Rest_UnknownService_IsNobodysRow(string path)
    {
        await using var host = await TestHost.StartServingAsync();

        await TestHost.ErrorAsync(await host.PostAsync(path, "{}"), HttpStatusCode.NotFound);

        Assert.Empty(host.Log.Records);
    }

    [Fact]
    public async Task Rest_NoServerGroupTakesTraffic_IsRecordedWithThePrincipalOne()
    {
        await using var host = await TestHost.StartAsync();
        await host.ApplyAsync(1, await host.GroupAsync(TestHost.Adder, 1, weight: 0));

        await TestHost.ErrorAsync(await host.PostAsync("/environments/prod" + Infer, TestHost.Body(1, 2)), HttpStatusCode.ServiceUnavailable);

        Assert.Equal((503, RouteKind.None), (host.Log.Single().Status, host.Log.Single().Route));
    }

    [Fact]
    public async Task Rest_CommandAskedAsModel_IsRecorded()
    {
        await using var host = await TestHost.StartAsync(runsPrograms: true);
        await host.ApplyAsync(1, await CallShadowTests.GroupAsync(host, ServiceProtocol.Http, 1));

        await TestHost.ErrorAsync(await host.PostAsync("/v2/models/echo/infer", "{}"), HttpStatusCode.BadRequest);

        Assert.Equal((400, RouteKind.None, "echo-prod-v001"), (host.Log.Single().Status, host.Log.Single().Route, host.Log.Single().Context.ServerGroup.ToString()));
    }

    [Theory]
    [InlineData("", GrpcStatusCode.InvalidArgument, 400, RouteKind.Weight)]
    [InlineData("v009", GrpcStatusCode.NotFound, 404, RouteKind.None)]
    public async Task Grpc_RefusedRequest_IsRecorded(string version, GrpcStatusCode code, int status, RouteKind route)
    {
        await using var host = await TestHost.StartServingAsync();
        using var channel = host.Channel();
        var request = InferCall.Request(1, 2, version: version);
        request.Inputs.RemoveAt(1);

        var failure = await Assert.ThrowsAsync<GrpcException>(() => InferCall.ValueAsync(channel, request));

        Assert.Equal(code, failure.Status);
        Assert.Equal((status, route, failure.Message), (host.Log.Single().Status, host.Log.Single().Route, host.Log.Single().Error));
    }

    [Fact]
    public async Task Grpc_Shed_IsRecorded()
    {
        await using var host = await TestHost.StartServingAsync(service: service => service with { Limits = new ServingLimits { Concurrency = 1, Queue = 0 } });
        using var channel = host.Channel();
        using var model = new Turnstile();
        host.Runtime.Running = model.Pass;
        var first = InferCall.ValueAsync(channel, InferCall.Request(1, 2));
        await model.ArrivedAsync();

        await Assert.ThrowsAsync<GrpcException>(() => InferCall.ValueAsync(channel, InferCall.Request(1, 2)));

        Assert.Equal((429, RouteKind.Weight), (host.Log.Single().Status, host.Log.Single().Route));
        model.Open();
        Assert.Equal(3, await first);
    }

    [Fact]
    public async Task Refused_Sampled_IsLeftOutLikeAnythingElse()
    {
        await using var host = await TestHost.StartServingAsync(service: service => service with { Capture = new CapturePolicy { Sample = 0 } });

        await TestHost.ErrorAsync(await host.PostAsync(Infer, "{{"), HttpStatusCode.BadRequest);

        Assert.Empty(host.Log.Records);
        Assert.Equal(1, Assert.Single(host.Server.Report.Captures).Sampled);
    }
}
