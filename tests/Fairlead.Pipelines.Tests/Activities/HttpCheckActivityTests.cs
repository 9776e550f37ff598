using System.Text.Json;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Pipelines.Activities;
using Fairlead.Testing;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Pipelines.Tests.Activities;

public sealed class HttpCheckActivityTests
{
    private readonly List<(string Method, string Path, IHeaderDictionary Headers, string Body)> received = [];

    [Fact]
    public async Task Ask_PathOfTheHost_CarriesEnvironmentAndTokenAndGivesTheAnswer()
    {
        await using var server = await StartAsync(context => context.Response.WriteAsJsonAsync(new { ready = true }));

        var outcome = await RunAsync(server, """{"url":"/v2/health/ready","environment":"stage"}""");

        var output = outcome.Output!.Value;
        Assert.Equal((200, true), (output.GetProperty("status").GetInt32(), output.GetProperty("answer").GetProperty("ready").GetBoolean()));
        Assert.InRange(output.GetProperty("latency").GetDouble(), 0, 10);
        var (method, path, headers, _) = Assert.Single(received);
        Assert.Equal(("GET", "/v2/health/ready", "stage", "Bearer secret"), (method, path, headers["fairlead-environment"].ToString(), headers.Authorization.ToString()));
    }

    [Fact]
    public async Task Ask_AnotherServer_CarriesNoTokenAndTheHeadersAndBodyOfTheStage()
    {
        await using var server = await StartAsync(context => context.Response.WriteAsync("fine"));

        var outcome = await RunAsync(server, $$"""{"url":"{{server.Url}}orders","method":"POST","headers":{"x-key":"1"},"body":{"a":[1]},"environment":"stage"}""");

        Assert.Null(outcome.Error);
        Assert.False(outcome.Output!.Value.TryGetProperty("answer", out _));
        var (method, path, headers, body) = Assert.Single(received);
        Assert.Equal(("POST", "/orders", "1", """{"a":[1]}"""), (method, path, headers["x-key"].ToString(), body));
        Assert.Equal(("", ""), (headers.Authorization.ToString(), headers["fairlead-environment"].ToString()));
    }

    [Theory]
    [InlineData(503, null, "answered with status 503, and 200 to 299 is expected.")]
    [InlineData(200, 404, "answered with status 200, and 404 is expected.")]
    [InlineData(302, null, "answered with status 302, and 200 to 299 is expected.")]
    public async Task Ask_AnotherStatus_Fails(int status, int? expected, string sentence)
    {
        await using var server = await StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });

        var outcome = await RunAsync(server, expected is null ? """{"url":"/x"}""" : $$"""{"url":"/x","status":{{expected}}}""");

        Assert.EndsWith(sentence, outcome.Error, StringComparison.Ordinal);
        Assert.True(outcome.IsRetryable);
    }

    [Fact]
    public async Task Ask_StatusThatIsExpected_IsGood()
    {
        await using var server = await StartAsync(context =>
        {
            context.Response.StatusCode = 404;
            return Task.CompletedTask;
        });

        Assert.Null((await RunAsync(server, """{"url":"/gone","status":404}""")).Error);
    }

    [Fact]
    public async Task Ask_NoAnswerInTime_Fails()
    {
        await using var server = await StartAsync(context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));

        Assert.EndsWith("did not answer within 0 s.", (await RunAsync(server, """{"url":"/x"}""", limit: 200)).Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://localhost/x")]
    [InlineData("localhost")]
    [InlineData("file:///etc/passwd")]
    public async Task Ask_NoUrl_FailsForGood(string url)
    {
        await using var server = await StartAsync(_ => Task.CompletedTask);

        Assert.False((await RunAsync(server, $$"""{"url":"{{url}}"}""")).IsRetryable);
        Assert.Empty(received);
    }

    [Fact]
    public async Task Ask_NobodyThere_MayBeTriedAgain()
    {
        var server = await StartAsync(_ => Task.CompletedTask);
        var url = server.Url;
        await server.DisposeAsync();

        var outcome = await RunAsync(url, """{"url":"/x"}""", 5000);

        Assert.True(outcome.IsRetryable);
        Assert.Contains("cannot be reached", outcome.Error, StringComparison.Ordinal);
    }

    private static Task<ActivityOutcome> RunAsync(LocalServer server, string input, int limit = 10_000) => RunAsync(server.Url, input, limit);

    private static async Task<ActivityOutcome> RunAsync(Uri host, string input, int limit)
    {
        var members = JsonDocument.Parse(input).RootElement.EnumerateObject().ToDictionary(member => member.Name, member => member.Value);
        members["limit"] = JsonSerializer.SerializeToElement(limit);
        members.TryAdd("method", JsonSerializer.SerializeToElement("GET"));
        members.TryAdd("headers", JsonSerializer.SerializeToElement(new { }));
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Timeout.InfiniteTimeSpan };
        var activity = new HttpCheckActivity(http, new HostAccess(host, "secret"), TimeProvider.System);
        return await activity.RunAsync(new ActivityCall(1, null!, "check", "1/check/1/http", JsonSerializer.SerializeToElement(members), () => { }), TestContext.Current.CancellationToken);
    }

    private Task<LocalServer> StartAsync(RequestDelegate answer) => LocalServer.StartAsync(async context =>
    {
        using var reader = new StreamReader(context.Request.Body);
        // A connection's headers are used again for its next request.
        var headers = new HeaderDictionary(context.Request.Headers.ToDictionary());
        received.Add((context.Request.Method, context.Request.Path, headers, await reader.ReadToEndAsync()));
        await answer(context);
    });
}
