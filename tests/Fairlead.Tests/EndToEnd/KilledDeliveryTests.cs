using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Fairlead.Testing;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>
/// The control plane is killed after each recorded event of a pipeline that goes from a change to production, with the real steps, releases, deployments and
/// judgments: every execution ends as the one that nobody disturbed, and nothing was done twice.
/// </summary>
public sealed class KilledDeliveryTests
{
    private const string Pipelines = """

        pipelines:
          release:
            stages:
              verify:  { steps: [evaluate], check: "metrics.evaluate.accuracy > 0" }
              release: { release: {}, after: verify }
              stage:   { deploy: stage, after: release }
              ready:   { check: { http: /v2/models/churn/ready, grpc: host, environment: stage }, after: stage }
              replay:  { replay: { from: prod, last: 7d, if-none: skip }, check: "replay.rows > 0", after: ready }
              judge:   { judgment: "Is it fit?", environment: prod, after: replay }
              prod:    { deploy: prod, strategy: canary, traffic: [50%, 100%], after: judge }
        """;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pipeline_ControlPlaneKilledAfterAnyEvent_EndsAsWithout()
    {
        await using var project = TempProject.Churn();
        project.Write("fairlead.yaml", await File.ReadAllTextAsync(Path.Combine(project.Root, "fairlead.yaml"), Cancellation) + Pipelines);
        project.Commit("A pipeline");
        await project.UpAsync();
        using var http = new HttpClient { BaseAddress = project.ControlUrl };

        await project.DeployAsync("prod");
        await project.MustAsync("predict", "churn", "--env", "prod", "--input", """{"features": [3, 39.0, 6]}""");

        var undisturbed = await DeliverAsync(project, http, 1, killAfter: null);
        var seed = new Random(7);
        var all = Enumerable.Range(1, undisturbed.Events - 1).ToList();
        var points = Campaign.IsLong ? all : [.. all.OrderBy(_ => seed.Next()).Take(2)];
        foreach (var (index, point) in points.Index())
        {
            var killed = await DeliverAsync(project, http, index + 2, point);
            Assert.True(undisturbed.Stages == killed.Stages, $"Killed after event {point}: {killed.Stages}, instead of {undisturbed.Stages}.");
        }
    }

    /// <param name="number">Of the execution; when nothing is done twice its release and its server group have the next one, for the first was deployed by hand.</param>
    private static async Task<(int Events, string Stages)> DeliverAsync(TempProject project, HttpClient http, int number, int? killAfter)
    {
        project.Replace("fairlead.yaml", $"seed: {10 + number}", $"seed: {11 + number}");
        project.Commit($"Seed {11 + number}");
        Assert.Equal(number, (await project.MustAsync("pipeline", "run", "release", "--format", "json")).Json.GetProperty("number").GetInt32());
        var isJudged = false;
        while (true)
        {
            var count = (await http.GetFromJsonAsync<JsonElement>($"/api/executions/{number}/events?after=0", Cancellation)).GetArrayLength();
            if (count >= killAfter)
            {
                Signals.Kill(project.ProcessOf("control"));
                killAfter = null;
                await project.UpAsync();
            }

            var execution = await http.GetFromJsonAsync<JsonElement>($"/api/executions/{number}", Cancellation);
            var state = execution.GetProperty("state");
            var stages = state.GetProperty("stages").EnumerateArray().ToDictionary(stage => stage.GetProperty("name").GetString()!, stage => stage);
            if (!isJudged && stages["judge"].GetProperty("status").GetString() == "judging")
                isJudged = await JudgeAsync(http, number);
            if (!state.TryGetProperty("finishedAt", out _))
                continue;
            Assert.Equal("succeeded", state.GetProperty("status").GetString());
            await AssertDoneOnceAsync(project, number + 1, stages);
            return (count, string.Join(", ", stages.Select(stage => $"{stage.Key} {stage.Value.GetProperty("status").GetString()} {stage.Value.GetProperty("attempt").GetInt32()}")));
        }
    }

    private static async Task<bool> JudgeAsync(HttpClient http, int number)
    {
        using var answer = await http.PostAsJsonAsync($"/api/executions/{number}/stages/judge/judgment", new { choice = "approve", comment = "Fit.", user = "ann" }, Cancellation);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return true;
    }

    private static async Task AssertDoneOnceAsync(TempProject project, int release, Dictionary<string, JsonElement> stages)
    {
        Assert.Equal(release, (await project.MustAsync("releases", "--format", "json")).Json.GetArrayLength());
        Assert.Equal($"v{release:000}", stages["release"].GetProperty("output").GetProperty("release").GetString());
        Assert.Equal($"churn-stage-v{release - 1:000}", stages["stage"].GetProperty("output").GetProperty("live")[0].GetString());
        Assert.Equal($"churn-prod-v{release:000}", stages["prod"].GetProperty("output").GetProperty("live")[0].GetString());
        Assert.Equal("ann", Assert.Single(stages["judge"].GetProperty("signals").EnumerateArray()).GetProperty("by").GetString());
    }
}
