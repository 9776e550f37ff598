using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Fairlead.Domain.Problems;
using Fairlead.Triggers.Tests.Support;
using Fairlead.Triggers.Webhooks;

namespace Fairlead.Triggers.Tests.Webhooks;

public sealed class HookDeskTests
{
    private const string Secret = "It's a Secret to Everybody";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void IsHmac_ExampleOfTheProduct_IsRight() => Assert.True(HookSignature.IsHmac(
        "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17", Encoding.UTF8.GetBytes(Secret), "Hello, World!"u8));

    [Theory]
    [InlineData("github", "X-GitHub-Event", "push", "X-GitHub-Delivery", "X-Hub-Signature-256")]
    [InlineData("gitlab", "X-Gitlab-Event", "Push Hook", "X-Gitlab-Event-UUID", "X-Gitlab-Token")]
    [InlineData("gitea", "X-Gitea-Event", "push", "X-Gitea-Delivery", "X-Gitea-Signature")]
    [InlineData("forgejo", "X-Forgejo-Event", "push", "X-Forgejo-Delivery", "X-Forgejo-Signature")]
    public async Task Receive_PushOfAProduct_LooksAtOnceAndPollingAddsNothing(string product, string eventHeader, string kind, string deliveryHeader, string signatureHeader)
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml($"{{ git: {{ branch: main, interval: 1d, webhook: {product}, secret: env:HOOK }} }}"));
        bench.Secrets["env:HOOK"] = Secret;
        await bench.RoundAsync();
        var commit = bench.Repository.Commit("pushed");
        await bench.RoundAsync();
        Assert.Empty(await bench.ExecutionsAsync());
        var body = $$$"""
            {"ref":"refs/heads/main","after":"{{{commit}}}","user_name":"grace","pusher":{"name":"grace","login":"grace"},
             "commits":[{"id":"{{{commit}}}","message":"pushed","url":"https://git.example.com/c/{{{commit}}}"}]}
            """;
        var signature = product switch { "github" => "sha256=" + Hmac(body), "gitlab" => Secret, _ => Hmac(body) };
        var headers = new Dictionary<string, string> { [eventHeader] = kind, [deliveryHeader] = "d-1", [signatureHeader] = signature };
        Assert.Equal(new HookAnswer(true, "The repository is looked at for 'refs/heads/main'."), await SendAsync(bench, "release/git", headers, body));
        await bench.RoundAsync();
        var execution = Assert.Single(await bench.ExecutionsAsync());
        Assert.Equal(("grace", $"https://git.example.com/c/{commit}", commit), (execution.Plan.Cause.By, execution.Plan.Cause.Link, execution.Plan.Commit));
        Assert.False((await SendAsync(bench, "release/git", headers, body)).Accepted);
        await bench.RoundAsync(200_000);
        Assert.Single(await bench.ExecutionsAsync());

        headers[eventHeader] = "ping";
        Assert.Equal(new HookAnswer(false, "The event 'ping' says nothing of new commits; nothing is done."), await SendAsync(bench, "release/git", headers, body));
        headers[signatureHeader] = signature[..^1] + (signature[^1] == '0' ? '1' : '0');
        var refused = await Assert.ThrowsAsync<FairleadException>(() => SendAsync(bench, "release/git", headers, body));
        Assert.Equal(ProblemKind.Unauthenticated, refused.Kind);
    }

    [Fact]
    public async Task Receive_StrangersAndUnknownTriggers_LearnNothing()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ webhook: env:HOOK }, { cron: \"0 0 1 1 *\" }"));
        bench.Secrets["env:HOOK"] = Secret;
        await bench.RoundAsync();
        var answers = new List<string>();
        foreach (var name in new[] { "release/webhook", "release/cron", "release/none", "none/none" })
            answers.Add((await Assert.ThrowsAsync<FairleadException>(() => SendAsync(bench, name, [], "{}"))).Message);
        Assert.Single(answers.Distinct());
    }

    [Fact]
    public async Task Receive_SignedJson_BecomesInputsOnce()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml(
            "{ webhook: env:HOOK, when: \"trigger.body.kind = 'go'\", inputs: { text: \"v${{ trigger.body.release.version }}!\", number: \"${{ trigger.body.release.version }}\", all: { sql: trigger.body.note }, fixed: true } }",
            "{ text: { }, number: { type: number }, all: { }, fixed: { type: boolean } }"));
        bench.Secrets["env:HOOK"] = Secret;
        await bench.RoundAsync();
        const string Body = """{"kind":"go","release":{"version":7},"note":"'); drop table executions; --"}""";
        var headers = Signed(Body, bench.Time.GetUtcNow(), "d-1");
        Assert.True((await SendAsync(bench, "release/webhook", headers, Body)).Accepted);
        Assert.False((await SendAsync(bench, "release/webhook", headers, Body)).Accepted);
        const string Other = """{"kind":"stay"}""";
        Assert.True((await SendAsync(bench, "release/webhook", Signed(Other, bench.Time.GetUtcNow(), "d-2"), Other)).Accepted);
        const string Lacking = """{"kind":"go"}""";
        Assert.True((await SendAsync(bench, "release/webhook", Signed(Lacking, bench.Time.GetUtcNow(), "d-3"), Lacking)).Accepted);
        await bench.RoundAsync();
        var inputs = Assert.Single(await bench.ExecutionsAsync()).Plan.Inputs;
        Assert.Equal(("v7!", 7, "'); drop table executions; --", true), (inputs["text"].GetString(), inputs["number"].GetInt32(), inputs["all"].GetString(), inputs["fixed"].GetBoolean()));
        var firings = (await bench.Desk.FindAsync("release/webhook", Token)).Firings;
        Assert.Equal("The input 'text' is '${{ trigger.body.release.version }}', and the trigger told of no 'release'; correct 'inputs' of the trigger, or what it is sent.", firings[0].Reason);
        Assert.Equal("Its condition does not hold: trigger.body.kind = 'go'", firings[1].Reason);
    }

    [Theory]
    [InlineData(-301)]
    [InlineData(301)]
    public async Task Receive_TimestampOutsideOfTheWindow_IsRefused(int seconds)
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ webhook: env:HOOK }"));
        bench.Secrets["env:HOOK"] = Secret;
        await bench.RoundAsync();
        var headers = Signed("{}", bench.Time.GetUtcNow().AddSeconds(seconds), "d");
        Assert.Equal(ProblemKind.Unauthenticated, (await Assert.ThrowsAsync<FairleadException>(() => SendAsync(bench, "release/webhook", headers, "{}"))).Kind);
        headers["Fairlead-Timestamp"] = bench.Time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        Assert.Equal(ProblemKind.Unauthenticated, (await Assert.ThrowsAsync<FairleadException>(() => SendAsync(bench, "release/webhook", headers, "{}"))).Kind);
    }

    [Fact]
    public async Task Receive_HostileBodies_AreRefusedOrRecorded()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ webhook: env:HOOK }"));
        bench.Secrets["env:HOOK"] = Secret;
        await bench.RoundAsync();
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var body = i % 3 == 0 ? new string('[', random.Next(1, 5000)) : i % 3 == 1 ? $"{{\"a\":{random.Next()}" : "{\"\\u0000\":\"\\ud800\",\"a\":{\"a\":{}}}";
            var problem = await Record.ExceptionAsync(() => SendAsync(bench, "release/webhook", Signed(body, bench.Time.GetUtcNow(), $"d-{i}"), body));
            Assert.True(problem is null or FairleadException { Kind: ProblemKind.Invalid }, problem?.ToString());
        }

        var large = new string(' ', HookDesk.LongestBody + 1);
        Assert.Equal(ProblemKind.TooLarge, (await Assert.ThrowsAsync<FairleadException>(() => SendAsync(bench, "release/webhook", [], large))).Kind);
        await bench.RoundAsync();
    }

    [Fact]
    public async Task Receive_SecretIsMissing_IsUnavailableWithoutSayingWhich()
    {
        await using var bench = new TriggerBench(TriggerBench.Yaml("{ webhook: env:HOOK }"));
        await bench.RoundAsync();
        bench.Secrets["env:HOOK"] = " ";
        var refused = await Assert.ThrowsAsync<FairleadException>(() => SendAsync(bench, "release/webhook", [], "{}"));
        Assert.Equal(ProblemKind.Unavailable, refused.Kind);
        Assert.DoesNotContain("HOOK", refused.Message, StringComparison.Ordinal);
    }

    private static Task<HookAnswer> SendAsync(TriggerBench bench, string name, Dictionary<string, string> headers, string body) =>
        bench.Desk.Hooks.ReceiveAsync(name, new HookRequest(header => headers.GetValueOrDefault(header, ""), Encoding.UTF8.GetBytes(body)), Token);

    private static Dictionary<string, string> Signed(string body, DateTimeOffset at, string delivery)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return new() { ["Fairlead-Timestamp"] = timestamp, ["Fairlead-Delivery"] = delivery, ["Fairlead-Signature"] = "sha256=" + Hmac($"{timestamp}.{body}") };
    }

    private static string Hmac(string text) => Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(text)));
}
