using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>A release that people judge: by roles of groups, by a signed link in a browser, on evidence, under their own names.</summary>
public sealed partial class JudgmentTests
{
    private const string Pipelines = """

        pipelines:
          release:
            stages:
              steps: { steps: [evaluate] }
              release: { release: { }, after: steps }
              stage: { deploy: stage, after: release }
              judge: { judgment: "Is it fit?", environment: prod, comment: required, after: stage }
              prod: { deploy: prod, after: judge }
        """;

    [Fact]
    public async Task Release_JudgedByAGroupAndByALink_IsDeployedUnderTheNamesOfThosePeople()
    {
        await using var project = TempProject.Churn();
        project.Replace("fairlead.yaml", "  prod: {}", "  prod: { judges: [group:risk], self-judgment: false }");
        project.Write("fairlead.yaml", await File.ReadAllTextAsync(Path.Combine(project.Root, "fairlead.yaml"), TestContext.Current.CancellationToken) + Pipelines);
        project.Commit("A pipeline");
        await project.UpAsync();
        var ann = await AddAsync(project, "ann", "--role", "admin");
        project.Variables["FAIRLEAD_TOKEN"] = ann;
        var ben = await AddAsync(project, "ben", "--role", "developer", "--role", "operator@stage", "--group", "risk");
        var eve = await AddAsync(project, "eve", "--role", "viewer", "--role", "judge@stage", "--group", "risk");

        // Who may not deploy to prod does not begin what deploys there.
        var refused = await AsAsync(project, ben, "pipeline", "run", "release");
        Assert.Contains("Stage 'prod' of the pipeline 'release' needs the role 'operator' in the environment 'prod', which 'ben' has not", refused.Errors);
        await project.MustAsync("user", "set", "ben", "--add-role", "operator@prod");
        Assert.Equal(0, (await AsAsync(project, ben, "pipeline", "run", "release")).ExitCode);
        await JudgingAsync(project, 1);

        // The group gives the role; whoever began it may not judge it, nor may who is in no such group.
        Assert.Contains("needs the role 'judge' in the environment 'prod', which 'eve' has not", (await AsAsync(project, eve, "pipeline", "judge", "1", "judge", "approve", "--comment", "Fit.")).Errors);
        await project.MustAsync("user", "group", "risk", "--add-role", "judge@prod");
        Assert.Contains("risk", (await project.MustAsync("user", "groups")).Output);
        Assert.Contains("'ben' made the release, wrote some of it or began this execution", (await AsAsync(project, ben, "pipeline", "judge", "1", "judge", "approve", "--comment", "Fit.")).Errors);
        Assert.Contains("'ann' may not judge stage 'judge'; judgments about 'prod' are for group:risk.", (await project.RunAsync("pipeline", "judge", "1", "judge", "approve", "--comment", "Fit.")).Errors);

        // A user is known by the address under which the commits were written.
        await project.MustAsync("user", "set", "eve", "--email", "eve@example.com", "--email", "tester@fairlead.invalid");
        Assert.Contains("tester@fairlead.invalid", (await project.MustAsync("user", "list")).Output.ReplaceLineEndings(""));
        Assert.Contains("'eve' made the release, wrote some of it or began this execution", (await AsAsync(project, eve, "pipeline", "judge", "1", "judge", "approve", "--comment", "Fit.")).Errors);
        await project.MustAsync("user", "set", "eve", "--email", "eve@example.com");

        var shown = (await AsAsync(project, eve, "pipeline", "judge", "1", "judge")).Output;
        Assert.Contains("Is it fit?", shown);
        Assert.Contains("Models beside what is live", shown);
        Assert.Contains("evaluate.accuracy", shown);
        Assert.Contains("Tester", shown);
        await JudgeByLinkAsync(project, eve);

        await project.MustAsync("pipeline", "watch", "1");
        Assert.Contains("churn-prod-v001", (await project.MustAsync("status")).Output);
        var entries = (await project.MustAsync("audit", "--since", "1h", "--format", "json")).Json.EnumerateArray().Select(entry => $"{Text(entry, "who")} {Text(entry, "via")} {Text(entry, "what")} {Text(entry, "phase")}").ToList();
        Assert.Contains("eve link execution.judge done", entries);
        Assert.Contains("eve link execution.judge failed", entries);
        Assert.Contains(entries, entry => entry.StartsWith("ben ", StringComparison.Ordinal) && entry.Contains(" server-groups.changed ", StringComparison.Ordinal));
        Assert.DoesNotContain(entries, entry => entry.StartsWith("fairlead ", StringComparison.Ordinal) && entry.Contains(" server-groups.added ", StringComparison.Ordinal));

        var measured = (await project.MustAsync("delivery", "--format", "json")).Json;
        Assert.Equal(["prod", "stage"], measured.GetProperty("environments").EnumerateArray().Select(measure => Text(measure, "environment")));
        var prod = measured.GetProperty("environments")[0];
        Assert.Equal((1, 1, 1), (prod.GetProperty("deployments").GetInt32(), prod.GetProperty("leadTime").GetProperty("count").GetInt32(), prod.GetProperty("judgmentWait").GetProperty("count").GetInt32()));
        Assert.Contains("prod", (await project.MustAsync("delivery", "prod", "--since", "7d")).Output);
        await project.MustAsync("audit", "verify");
    }

    /// <summary>As a browser does it that never signed in: a page with the evidence, a form, once.</summary>
    private static async Task JudgeByLinkAsync(TempProject project, string eve)
    {
        var link = (await AsAsync(project, eve, "pipeline", "link", "1", "judge", "--hours", "1")).Output.Trim();
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var page = await browser.GetStringAsync(link, TestContext.Current.CancellationToken);
        Assert.Contains("You judge as <strong>eve</strong>", page);
        Assert.Contains("Models beside what is live", page);
        var fields = new Dictionary<string, string> { ["link"] = LinkField().Match(page).Groups[1].Value, ["attempt"] = AttemptField().Match(page).Groups[1].Value, ["choice"] = "approve", ["comment"] = "Fit." };
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(browser, link, fields)).Status);
        fields["confirm"] = "yes";
        Assert.Equal(HttpStatusCode.Forbidden, (await PostAsync(browser, link, fields, site: "cross-site")).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await PostAsync(browser, link, new Dictionary<string, string>(fields) { ["link"] = fields["link"].Replace(fields["link"][5], fields["link"][5] == 'A' ? 'B' : 'A') })).Status);
        Assert.Equal(HttpStatusCode.Found, (await PostAsync(browser, link, fields)).Status);
        Assert.Equal(HttpStatusCode.Conflict, (await PostAsync(browser, link, fields)).Status);
        Assert.Contains("Fit.", await browser.GetStringAsync(link, TestContext.Current.CancellationToken));
        // It opens nothing else.
        Assert.Equal(HttpStatusCode.Unauthorized, (await browser.GetAsync(new Uri(project.ControlUrl, $"/api/executions{new Uri(link).Query}"), TestContext.Current.CancellationToken)).StatusCode);
    }

    private static async Task<(HttpStatusCode Status, string Body)> PostAsync(HttpClient browser, string link, Dictionary<string, string> fields, string site = "same-origin")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(new Uri(link), "/judge")) { Content = new FormUrlEncodedContent(fields) };
        request.Headers.Add("Sec-Fetch-Site", site);
        request.Headers.Accept.ParseAdd("text/html");
        using var response = await browser.SendAsync(request, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<string> AddAsync(TempProject project, string name, params string[] options) => (await project.MustAsync(["user", "add", name, .. options])).Output.Trim();

    private static async Task<CliResult> AsAsync(TempProject project, string token, params string[] arguments)
    {
        var own = project.Variables["FAIRLEAD_TOKEN"];
        project.Variables["FAIRLEAD_TOKEN"] = token;
        try
        {
            return await project.RunAsync(arguments);
        }
        finally
        {
            project.Variables["FAIRLEAD_TOKEN"] = own;
        }
    }

    private static Task JudgingAsync(TempProject project, int execution) => project.EventuallyAsync(
        async () => string.Join(' ', (await project.MustAsync("pipeline", "show", $"{execution}", "--format", "json")).Json.GetProperty("state").GetProperty("stages").EnumerateArray().Select(stage => $"{Text(stage, "status")}{(stage.TryGetProperty("error", out var error) ? error.ToString() : "")}")),
        found => found.Contains("judging", StringComparison.Ordinal));

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;

    [GeneratedRegex("name=\"link\" value=\"([^\"]+)\"")]
    private static partial Regex LinkField();

    [GeneratedRegex("name=\"attempt\" value=\"([^\"]+)\"")]
    private static partial Regex AttemptField();
}
