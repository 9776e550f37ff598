using System.Text;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>An experiment through the real host: who is in which arm, and what is found.</summary>
public sealed class ExperimentTests
{
    private const int Units = 600;

    [Fact]
    public async Task Experiment_FromStartToConclusion_KeepsUnitsInTheirArmsAndFindsTheLift()
    {
        await using var project = TempProject.Churn();
        await project.UpAsync();
        await project.DeployAsync("prod");
        project.Replace("fairlead.yaml", "l2: 0.001", "l2: 0.1");
        project.Commit("Shrink more");
        await project.DeployAsync("prod");
        await project.MustAsync("rollback", "prod");
        await AskAsync(project, ["before"]);
        string[] start = ["--service", "churn", "--environment", "prod", "--control", "churn-prod-v001", "--treatment", "churn-prod-v002", "--metric", "length=avg(length(unit))", "--guardrail", "size=avg(length(unit)) <= +50%"];
        var units = Enumerable.Range(0, Units).Select(unit => $"unit-{unit}").ToList();

        var plan = (await project.MustAsync(["experiment", "start", "first", .. start, "--dry-run", "--format", "json"])).Json;
        Assert.Equal(1, plan.GetProperty("historyUnits").GetInt32());
        var started = (await project.MustAsync(["experiment", "start", "first", .. start, "--format", "json"])).Json;
        Assert.Equal("running", started.GetProperty("status").GetString());
        var first = await AskAsync(project, units);
        Assert.InRange(first.Count(group => group == "churn-prod-v002"), (Units / 2) - 75, (Units / 2) + 75);
        Assert.Equal(5, (await project.RunAsync("deploy", "prod", "--release", "v001")).ExitCode);

        // Both processes come back, and nobody changes sides.
        Signals.Kill(project.ProcessOf("control"));
        Signals.Kill(project.ProcessOf("host"));
        await project.UpAsync();
        Assert.Equal(first, await AskAsync(project, units));

        var shown = (await project.MustAsync("experiment", "show", "first", "--format", "json")).Json.GetProperty("report");
        Assert.Equal(Units, shown.GetProperty("split").GetProperty("units").EnumerateArray().Sum(count => count.GetInt32()));
        Assert.Equal(0, shown.GetProperty("crossed").GetInt32());
        Assert.Equal(2 * Units, shown.GetProperty("predictions").GetInt32());
        Assert.Equal("kept", shown.GetProperty("metrics")[1].GetProperty("comparisons")[0].GetProperty("verdict").GetString());
        await project.MustAsync("experiment", "stop", "first");
        await project.MustAsync("experiment", "conclude", "first", "--decision", "Nothing.");

        // The next one draws anew, and its outcomes differ.
        start[9] = "clicked=avg(outcome.clicked)";
        await PostOutcomesAsync(project, (await PredictionsAsync(project)).Take(1), (_, _) => true);
        await project.MustAsync(["experiment", "start", "second", .. start]);
        var second = await AskAsync(project, units);
        Assert.InRange(first.Zip(second).Count(pair => pair.First == pair.Second), (Units / 2) - 75, (Units / 2) + 75);
        await PostOutcomesAsync(project, (await PredictionsAsync(project)).Take(Units), (index, group) => index % 10 < (group == "churn-prod-v002" ? 6 : 3));
        var status = (await project.MustAsync("experiment", "status", "--format", "json")).Json[0].GetProperty("report").GetProperty("metrics")[0].GetProperty("comparisons")[0];
        Assert.Equal("higher", status.GetProperty("verdict").GetString());
        Assert.InRange(status.GetProperty("difference").GetDouble(), 0.1, 0.5);

        await project.MustAsync("rollback", "prod");
        var listed = await project.MustAsync("experiment", "list");
        Assert.Contains("aborted", listed.Output);
        Assert.Contains("concluded", listed.Output);
    }

    /// <summary>Asks once for each unit; returns who answered.</summary>
    private static async Task<List<string>> AskAsync(TempProject project, IEnumerable<string> units)
    {
        using var http = new HttpClient { BaseAddress = project.HostUrl };
        var groups = new List<string>();
        foreach (var unit in units)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "environments/prod/v2/models/churn/infer")
            {
                Content = new StringContent("""{"inputs":[{"name":"features","shape":[1,3],"datatype":"FP32","data":[3,39.0,6]}]}""", Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("fairlead-unit", unit);
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            response.EnsureSuccessStatusCode();
            groups.Add(response.Headers.GetValues("fairlead-server-group").Single());
        }

        return groups;
    }

    /// <summary>Newest first.</summary>
    private static async Task<List<(string Id, string ServerGroup)>> PredictionsAsync(TempProject project)
    {
        var rows = (await project.MustAsync("query", "select id, server_group from predictions order by time desc", "--format", "json")).Json;
        return [.. rows.EnumerateArray().Select(row => (row.GetProperty("id").GetString()!, row.GetProperty("server_group").GetString()!))];
    }

    private static async Task PostOutcomesAsync(TempProject project, IEnumerable<(string Id, string ServerGroup)> predictions, Func<int, string, bool> clicked)
    {
        var lines = predictions.Select((prediction, index) => $$$"""{"prediction": "{{{prediction.Id}}}", "outcome": {"clicked": {{{(clicked(index, prediction.ServerGroup) ? "true" : "false")}}}}}""");
        project.Write("outcomes.jsonl", string.Join('\n', lines) + "\n");
        await project.MustAsync("outcomes", "outcomes.jsonl");
    }
}
