using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fairlead.Domain.Pipelines.Activities;
using Fairlead.Domain.Problems;
using Fairlead.Pipelines.Activities;
using Fairlead.Testing;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Pipelines.Tests.Activities;

public sealed class WebhookActivityTests
{
    private readonly List<(IHeaderDictionary Headers, string Body)> received = [];

    [Fact]
    public async Task Call_IsSigned_AndTriedAgainWithTheSameDelivery()
    {
        await using var server = await StartAsync(() => received.Count < 3 ? 503 : 200);
        var outcome = await RunAsync(server, """{"callback":true,"secretEnv":"KEY"}""");
        Assert.Equal("""{"status":200,"answer":{"ok":true}}""", outcome.Output!.Value.GetRawText());
        Assert.Equal(3, received.Count);
        Assert.All(received, call => Assert.Equal("7/call/1/call", call.Headers[SignedCall.DeliveryHeader].ToString()));
        var (headers, body) = received[2];
        var signed = Encoding.UTF8.GetBytes($"{headers[SignedCall.TimestampHeader]}.{body}");
        Assert.Equal("sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData("secret"u8, signed)), headers[SignedCall.SignatureHeader].ToString());
        var tokens = new CallbackTokens(new byte[32]);
        Assert.Equal($"http://localhost:7070/api/executions/7/stages/call/callback?key=7%2Fcall%2F1%2Fcall&token={tokens.Make("7/call/1/call")}", headers[WebhookActivity.CallbackHeader].ToString());
        Assert.True(tokens.IsRight("7/call/1/call", tokens.Make("7/call/1/call")));
        Assert.False(tokens.IsRight("7/call/2/call", tokens.Make("7/call/1/call")));
    }

    [Fact]
    public async Task Call_Refused_IsNotTriedAgain()
    {
        await using var server = await StartAsync(() => 403);
        var outcome = await RunAsync(server, "{}");
        Assert.Equal((false, 1), (outcome.IsRetryable, received.Count));
        Assert.EndsWith("answered with status 403.", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_NobodyThere_FailsAndMayBeTriedLater()
    {
        var server = await StartAsync(() => 200);
        var url = server.Url.ToString();
        await server.DisposeAsync();
        var outcome = await RunAsync(url, "{}");
        Assert.True(outcome.IsRetryable);
        Assert.Contains("cannot be reached", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Call_WithoutTheKey_IsRefused()
    {
        var refused = await Assert.ThrowsAsync<FairleadException>(() => RunAsync("http://localhost:1/", """{"secretEnv":"OTHER"}"""));
        Assert.Equal(ProblemKind.Invalid, refused.Kind);
    }

    private static Task<ActivityOutcome> RunAsync(LocalServer server, string more) => RunAsync(server.Url.ToString(), more);

    private static async Task<ActivityOutcome> RunAsync(string url, string more)
    {
        using var http = new HttpClient();
        var input = JsonSerializer.SerializeToNode(new Dictionary<string, object> { ["url"] = url, ["method"] = "POST", ["headers"] = new Dictionary<string, string>(), ["body"] = new { a = 1 }, ["callback"] = false })!.AsObject();
        foreach (var member in Sample.Json(more).EnumerateObject())
            input[member.Name] = System.Text.Json.Nodes.JsonNode.Parse(member.Value.GetRawText());
        var options = new WebhookOptions(new Uri("http://localhost:7070"), new CallbackTokens(new byte[32]), name => name == "KEY" ? "secret" : null);
        var call = new ActivityCall(7, Sample.Plan(Sample.Script("call")), "call", "7/call/1/call", JsonSerializer.SerializeToElement(input), () => { });
        return await new WebhookActivity(http, options, TimeProvider.System).RunAsync(call, TestContext.Current.CancellationToken);
    }

    private Task<LocalServer> StartAsync(Func<int> status) => LocalServer.StartAsync(async context =>
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        lock (received)
            received.Add((new HeaderDictionary(context.Request.Headers.ToDictionary()), body));
        context.Response.StatusCode = status();
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync("""{"ok":true}""");
    });
}
