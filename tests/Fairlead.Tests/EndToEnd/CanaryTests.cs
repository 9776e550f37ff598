using System.Globalization;
using System.Text;
using System.Text.Json;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>Canaries beside what is live, judged by what the real host recorded.</summary>
public sealed class CanaryTests
{
    private const int Senders = 2;

    /// <summary>Nobody can promise the latency of a machine that runs tests; answers and errors are those of the models.</summary>
    private const string Analysis =
        """

        analysis: { patience: 3s }
        metrics:
          latency.p50: { effect-size: { allowed-increase: 5 } }
          own: { sql: "select time, length(unit) as value from predictions where server_group = ${group}", direction: either }
        pipelines:
          dark:
            stages:
              shadow: { deploy: prod, release: v002, strategy: shadow }
              watch: { canary: prod, analyse: [paired.output.label, paired.errors, paired.latency], for: 9s, must-be-good: false, check: "canary.outcome <> 'nodata' and number > 0", after: shadow }
        """;

    private const string Alert = "alerts: { third: { when: value > 0, sql: \"select count(*) from predictions where release = 'v003' and role = 'live'\", environment: prod, rollback: true } }\n";

    [Fact]
    public async Task Canary_OfAGoodModel_GoesOn_AndOfAWrongOneGoesBack()
    {
        await using var project = await DeployedAsync();
        await ReleaseAsync(project, "l2: 0.001", "l2: 0.00101");
        await ReleaseAsync(project, "l2: 0.00101", "l2: 1.9");
        using var enough = new CancellationTokenSource();
        var sending = Enumerable.Range(0, Senders).Select(sender => Task.Run(() => SendAsync(project, sender, enough.Token), TestContext.Current.CancellationToken)).ToList();

        var dark = (await project.MustAsync("pipeline", "run", "dark", "--watch", "--format", "json")).Output;
        Assert.Contains("succeeded", dark);
        var good = await CanaryAsync(project, "v002");
        var wrong = await CanaryAsync(project, "v003");
        await enough.CancelAsync();
        await Task.WhenAll(sending);
        var unasked = await CanaryAsync(project, "v001");

        Assert.Equal(("succeeded", null), good);
        Assert.Equal("failed", wrong.Outcome);
        Assert.Contains("output.label", wrong.Reason);
        Assert.Equal("failed", unasked.Outcome);
        Assert.Contains("what was not judged is not good", unasked.Reason);
        Assert.Contains("churn-prod-v002", (await project.MustAsync("server-group", "list")).Output);
        var looks = (await project.MustAsync("canary", "list", "--rollout", "3", "--format", "json")).Json;
        Assert.Equal("pass", looks[0].GetProperty("verdict").GetProperty("outcome").GetString());
        var number = looks[0].GetProperty("number").GetInt32().ToString(CultureInfo.InvariantCulture);
        Assert.Contains("the same verdict again", (await project.MustAsync("canary", "show", number, "--check")).Output);
        Assert.Contains("output.label", (await project.MustAsync("canary", "show", number)).Output);
        using var http = new HttpClient { BaseAddress = project.ControlUrl };
        Assert.Contains("<h1>Canary", await http.GetStringAsync($"/canaries/{number}", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Alert_AfterADeployment_TakesItBackOnce()
    {
        await using var project = await DeployedAsync(Alert);
        await ReleaseAsync(project, "l2: 0.001", "l2: 0.002");
        await ReleaseAsync(project, "l2: 0.002", "l2: 0.003");
        await project.MustAsync("deploy", "prod", "--release", "v003");
        using var enough = new CancellationTokenSource();
        var sending = Task.Run(() => SendAsync(project, 1, enough.Token), TestContext.Current.CancellationToken);

        var back = await project.EventuallyAsync(
            () => project.GetAsync("api/rollouts"),
            rollouts => rollouts[0].TryGetProperty("outcome", out _) && (rollouts[0].GetProperty("kind").GetString() == "rollback" || rollouts[0].TryGetProperty("abortedBy", out _)));
        await enough.CancelAsync();
        await sending;

        Assert.Contains("alert third", back[0].ToString());
        Assert.Contains("churn-prod-v001", (await project.MustAsync("server-group", "list")).Output);
        Assert.Contains("alert third", (await project.MustAsync("audit", "--format", "json")).Output);
    }

    [Fact]
    public async Task Deploy_AMetricThatThereIsNot_ChangesNothing()
    {
        await using var project = await DeployedAsync();
        await ReleaseAsync(project, "l2: 0.001", "l2: 0.002");

        var refused = await project.RunAsync("deploy", "prod", "--strategy", "canary", "--traffic", "50,100", "--each", "10s", "--analyse", "eror.rate");
        var short0 = await project.RunAsync("deploy", "prod", "--strategy", "canary", "--traffic", "50,100", "--each", "3s", "--analyse", "error.rate");

        Assert.Contains("did you mean 'error.rate'?", refused.Errors);
        Assert.Contains("give 'each' at least 8s", short0.Errors);
        Assert.Single((await project.MustAsync("rollout", "list", "--format", "json")).Json.EnumerateArray());
    }

    private static async Task<TempProject> DeployedAsync(string more = Analysis)
    {
        var project = TempProject.Churn();
        project.Write("fairlead.yaml", await File.ReadAllTextAsync(Path.Combine(project.Root, "fairlead.yaml"), TestContext.Current.CancellationToken) + more);
        project.Replace("fairlead.yaml", "prod: {}", "prod: { health: { for: 1s } }");
        project.Commit("Analysis");
        await project.UpAsync();
        await project.DeployAsync("prod");
        return project;
    }

    private static async Task ReleaseAsync(TempProject project, string before, string after)
    {
        project.Replace("fairlead.yaml", before, after);
        project.Commit(after);
        await project.MustAsync("run");
        await project.MustAsync("release");
    }

    private static async Task<(string? Outcome, string? Reason)> CanaryAsync(TempProject project, string release)
    {
        var started = (await project.MustAsync(
            "deploy", "prod", "--release", release, "--strategy", "canary", "--traffic", "50,100", "--each", "12s", "--baseline", "--analyse", "error.rate,latency.p50,output.label,own", "--detach", "--format", "json")).Json;
        var number = started.GetProperty("rollout").GetInt32().ToString(CultureInfo.InvariantCulture);
        var ended = await project.EventuallyAsync(() => project.GetAsync($"api/rollouts/{number}"), rollout => rollout.TryGetProperty("outcome", out _) && rollout.GetProperty("phase").GetString() == "ended");
        return (ended.GetProperty("outcome").GetString(), ended.TryGetProperty("reason", out var reason) ? reason.GetString() : null);
    }

    /// <summary>Asks for other customers all the time, a unit each.</summary>
    private static async Task SendAsync(TempProject project, int sender, CancellationToken enough)
    {
        using var http = new HttpClient { BaseAddress = project.HostUrl };
        var random = new Random(sender);
        for (var i = 0; !enough.IsCancellationRequested; i++)
        {
            var data = string.Create(CultureInfo.InvariantCulture, $"{random.Next(1, 40)},{20 + (70 * random.NextDouble()):0.0},{random.Next(0, 7)}");
            using var request = new HttpRequestMessage(HttpMethod.Post, "environments/prod/v2/models/churn/infer")
            {
                Content = new StringContent($$"""{"inputs":[{"name":"features","shape":[1,3],"datatype":"FP32","data":[{{data}}]}]}""", Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("fairlead-unit", $"unit-{sender}-{i:000000}");
            using var response = await http.SendAsync(request, CancellationToken.None);
            response.EnsureSuccessStatusCode();
        }
    }
}
