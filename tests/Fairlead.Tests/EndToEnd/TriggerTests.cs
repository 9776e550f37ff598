using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>Commits and webhooks begin pipelines by themselves.</summary>
public sealed class TriggerTests
{
    private const string Secret = "s3cret of this test";

    private const string Pipelines = """

        pipelines:
          release:
            inputs: { reason: { default: commit }, rows: { type: number, default: 0 } }
            triggers:
              - git: { branch: main, each: commit, paths: [steps/**] }
              - webhook: env:HOOK_SECRET
                when: "trigger.body.result = 'passed'"
                inputs: { reason: { sql: "upper(trigger.body.why)" }, rows: { sql: "trigger.body.rows * 2" } }
            stages:
              verify: { steps: [evaluate] }
              release: { release: { }, after: verify }
              look: { script: "cat steps/marker.txt > marker && printf '{\"marker\": \"%s\"}' \"$(cat marker)\" > $FAIRLEAD_OUTPUT", code: [steps], after: verify }
        """;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Commit_FileChangedAfterwards_IsReleasedAsItWasCommitted()
    {
        await using var project = await UpAsync();
        project.Write("steps/marker.txt", "committed");
        project.Commit("The one that is meant");
        var commit = project.Git("rev-parse", "HEAD");
        // Before the pipeline comes to its steps: the work tree is something else, and so is the pipeline.
        project.Write("steps/marker.txt", "changed");
        project.Write("steps/train.py", "raise SystemExit('this was never committed')");
        project.Replace("fairlead.yaml", "verify: { steps: [evaluate] }", "verify: { steps: [train] }");
        var ended = await EndedAsync(project, 1);
        Assert.Equal("succeeded", ended.GetProperty("state").GetProperty("status").GetString());
        Assert.Equal(commit, Stage(ended, "verify").GetProperty("output").GetProperty("commit").GetString());
        Assert.Equal("committed", Stage(ended, "look").GetProperty("output").GetProperty("marker").GetString());
        var release = (await project.MustAsync("releases", "--format", "json")).Json[0];
        Assert.Equal(commit, release.GetProperty("commit").GetProperty("commit").GetString());
        Assert.False(release.GetProperty("commit").TryGetProperty("dirtyDigest", out _));
        var cause = ended.GetProperty("plan").GetProperty("cause");
        Assert.Equal(("git", "The one that is meant", "main"), (cause.GetProperty("kind").GetString(), cause.GetProperty("message").GetString(), cause.GetProperty("ref").GetString()));
        Assert.Contains(commit[..10], (await project.MustAsync("pipeline", "list")).Output.ReplaceLineEndings(""));
        var report = (await project.MustAsync("trigger", "show", "release/git", "--format", "json")).Json;
        Assert.Equal(1, report.GetProperty("trigger").GetProperty("lastExecution").GetInt32());
        Assert.Equal("active", report.GetProperty("trigger").GetProperty("status").GetString());
        Assert.Contains("release/webhook", (await project.MustAsync("trigger", "list")).Output.ReplaceLineEndings(""));
        using var http = new HttpClient { BaseAddress = project.ControlUrl };
        Assert.Contains("release/git", await http.GetStringAsync("/triggers", Token));
    }

    [Fact]
    public async Task Commit_ControlPlaneKilledAndAway_IsBegunOnceWhenItIsBack()
    {
        await using var project = await UpAsync();
        Signals.Kill(project.ProcessOf("control"));
        for (var i = 0; i < 2; i++)
        {
            project.Write("steps/marker.txt", $"{i}");
            project.Commit($"While it was away {i}");
        }

        await project.UpAsync();
        await EndedAsync(project, 2);
        var list = (await project.MustAsync("pipeline", "list", "--format", "json")).Json;
        Assert.Equal(["While it was away 1", "While it was away 0"], list.EnumerateArray().Select(one => one.GetProperty("cause").GetProperty("message").GetString()));
    }

    [Fact]
    public async Task Webhook_SignedByHttp_BeginsWithItsInputsComputedInSql()
    {
        await using var project = await UpAsync();
        const string Body = """{"result":"passed","why":"nightly","rows":21}""";
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(project, Body, "wrong", "a")).Status);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(project, Body, Secret, "a")).Status);
        Assert.Contains("taken before", (await PostAsync(project, Body, Secret, "a")).Answer, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync(project, """{"result":"failed"}""", Secret, "b")).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PostAsync(project, new string(' ', 3 << 20), Secret, "c")).Status);
        var inputs = (await EndedAsync(project, 1)).GetProperty("plan").GetProperty("inputs");
        Assert.Equal(("NIGHTLY", 42), (inputs.GetProperty("reason").GetString(), inputs.GetProperty("rows").GetDouble()));
        await project.MustAsync("trigger", "pause", "release/webhook");
        Assert.Contains("was paused", (await PostAsync(project, Body, Secret, "d")).Answer, StringComparison.Ordinal);
        await project.MustAsync("trigger", "resume", "release/webhook");
        var fired = (await project.MustAsync("trigger", "fire", "release/webhook", "--format", "json")).Json;
        Assert.Equal(2, fired.GetProperty("execution").GetInt32());
        Assert.Equal(3, (await project.RunAsync("trigger", "show", "release/hook")).ExitCode);
    }

    private static async Task<TempProject> UpAsync()
    {
        var project = TempProject.Churn();
        project.Variables["HOOK_SECRET"] = Secret;
        project.Write("steps/marker.txt", "start");
        project.Write("fairlead.yaml", await File.ReadAllTextAsync(Path.Combine(project.Root, "fairlead.yaml"), Token) + Pipelines);
        project.Commit("A pipeline");
        await project.UpAsync();
        await project.EventuallyAsync(async () => (await project.GetAsync("api/triggers"))[0].GetProperty("status").GetString(), status => status == "active");
        return project;
    }

    private static async Task<JsonElement> EndedAsync(TempProject project, int number)
    {
        await project.EventuallyAsync(async () => (await project.GetAsync("api/executions")).EnumerateArray().Any(one => one.GetProperty("number").GetInt32() == number), begun => begun);
        await project.RunAsync("pipeline", "watch", $"{number}");
        return (await project.MustAsync("pipeline", "show", $"{number}", "--format", "json")).Json;
    }

    private static async Task<(HttpStatusCode Status, string Answer)> PostAsync(TempProject project, string body, string secret, string delivery)
    {
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{timestamp}.{body}")));
        using var http = new HttpClient { BaseAddress = project.ControlUrl };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/hooks/release/webhook") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        // One that is refused for its length is refused before it is sent: else the connection may break under it.
        request.Headers.ExpectContinue = body.Length > 1 << 20;
        request.Headers.Add("Fairlead-Timestamp", timestamp);
        request.Headers.Add("Fairlead-Signature", $"sha256={signature}");
        request.Headers.Add("Fairlead-Delivery", delivery);
        using var answer = await http.SendAsync(request, Token);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(Token));
    }

    private static JsonElement Stage(JsonElement execution, string name) =>
        execution.GetProperty("state").GetProperty("stages").EnumerateArray().Single(stage => stage.GetProperty("name").GetString() == name);
}
