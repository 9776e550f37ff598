using System.Net;
using System.Text;

namespace Fairlead.Serving.Tests.Requests;

public sealed class ProtocolTests
{
    private const string Infer = "/v2/models/score/infer";

    [Fact]
    public async Task Get_ServerAndHealth_AnswerAsTheProtocolSays()
    {
        await using var host = await TestHost.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/v2/health/live")).Status);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.GetAsync("/v2/health/ready")).Status);
        var server = (await host.GetAsync("/v2?x=1")).Json;
        Assert.Equal("fairlead", server.GetProperty("name").GetString());
        Assert.Contains("binary_tensor_data", server.GetProperty("extensions").EnumerateArray().Select(extension => extension.GetString()));
        Assert.NotEmpty(server.GetProperty("version").GetString()!);

        await host.ApplyAsync(1);

        Assert.True((await host.GetAsync("/v2/health/ready")).Json.GetProperty("ready").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/environments/prod/v2/health/live")).Status);
    }

    [Fact]
    public async Task Get_EnvironmentThatIsNotThere_IsNeitherReadyNorDescribed()
    {
        await using var host = await TestHost.StartServingAsync();

        foreach (var path in new[] { "/v2/health/ready", "/v2" })
        {
            Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/environments/prod" + path)).Status);
            var (status, answer) = await host.GetAsync("/environments/prdo" + path);
            Assert.Equal((HttpStatusCode.NotFound, "The environment 'prdo' is not found; did you mean 'prod'?"), (status, answer.GetProperty("error").GetString()));
        }
    }

    [Fact]
    public async Task Get_Model_DescribesItsTensorsAndVersions()
    {
        await using var host = await TestHost.StartAsync();
        await host.ApplyAsync(1, await host.GroupAsync(TestHost.Adder, 1), await host.GroupAsync(TestHost.Subtractor, 2, weight: 0));

        var (status, model) = await host.GetAsync("/v2/models/score");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("score", model.GetProperty("name").GetString());
        Assert.Equal(["v001", "v002"], model.GetProperty("versions").EnumerateArray().Select(version => version.GetString()));
        Assert.Equal(["a", "b"], model.GetProperty("inputs").EnumerateArray().Select(input => input.GetProperty("name").GetString()));
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/v2/models/score/versions/v002")).Status);
        Assert.True((await host.GetAsync("/v2/models/score/ready")).Json.GetProperty("ready").GetBoolean());
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("/environments/prod/v2/models/score/versions/v002/ready")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync("/v2/models/score/versions/v003/ready")).Status);
    }

    [Theory]
    [InlineData("/v2")]
    [InlineData("/v2/health/live")]
    [InlineData("/v2/models/score")]
    [InlineData("/v2/models/score/ready")]
    [InlineData("/fairlead/status")]
    public async Task Head_WhatCanBeGot_AnswersWithoutABody(string path)
    {
        await using var host = await TestHost.StartServingAsync();
        using var request = new HttpRequestMessage(HttpMethod.Head, path);

        using var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Content.Headers.ContentLength > 0);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("GET", Infer, "POST")]
    [InlineData("DELETE", "/v2/models/score", "GET, HEAD")]
    [InlineData("POST", "/fairlead/status", "GET, HEAD")]
    public async Task Send_WrongMethod_Is405ThatNamesTheRightOne(string method, string path, string allowed)
    {
        await using var host = await TestHost.StartServingAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        var response = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
        Assert.Contains(allowed, await TestHost.ErrorAsync(response, HttpStatusCode.MethodNotAllowed), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/v3")]
    [InlineData("/v2/models/")]
    [InlineData("/v2/models/score/")]
    [InlineData("/v2/models/score/elsewhere")]
    [InlineData("/v2/models/score/versions/")]
    [InlineData("/v2/repository/models/score")]
    [InlineData("/services/")]
    [InlineData("/v2/models//infer")]
    [InlineData("/environments//v2")]
    [InlineData("/environments/prod")]
    public async Task Get_UnknownPath_Is404(string path)
    {
        await using var host = await TestHost.StartServingAsync();

        await TestHost.ErrorAsync(await host.Client.GetAsync(path, TestContext.Current.CancellationToken), HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("text/plain", null)]
    [InlineData("application/jsonp", null)]
    [InlineData("application/json", "br")]
    [InlineData("application/json", "gzip, gzip")]
    public async Task Infer_BodyOfAnotherKind_Is415(string type, string? encoding)
    {
        await using var host = await TestHost.StartServingAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, Infer) { Content = new StringContent(TestHost.Body(1, 2), Encoding.UTF8, type) };
        if (encoding is not null)
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);

        await TestHost.ErrorAsync(await host.Client.SendAsync(request, TestContext.Current.CancellationToken), HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Infer_WithTheContentTypeThatCurlChooses_IsAnsweredUnlessAPageOfAStrangerAsks()
    {
        await using var host = await TestHost.StartServingAsync();
        using var response = await host.Client.SendAsync(AsForm(), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);

        var fromAPage = AsForm();
        fromAPage.Headers.TryAddWithoutValidation("Origin", "https://stranger.example");
        await TestHost.ErrorAsync(await host.Client.SendAsync(fromAPage, TestContext.Current.CancellationToken), HttpStatusCode.Forbidden);

        static HttpRequestMessage AsForm() =>
            new(HttpMethod.Post, Infer) { Content = new StringContent(TestHost.Body(1, 2), Encoding.UTF8, "application/x-www-form-urlencoded") };
    }

    [Fact]
    public async Task Infer_NoContentTypeAndAQuery_IsAnswered()
    {
        await using var host = await TestHost.StartServingAsync();
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(TestHost.Body(1, 2)));

        using var response = await host.Client.PostAsync(Infer + "?a=b", content, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }
}
