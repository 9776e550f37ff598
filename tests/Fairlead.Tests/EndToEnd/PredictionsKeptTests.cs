using System.Net;
using System.Text;
using System.Text.Json;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>What is kept of predictions, from the command line, over a running host.</summary>
public sealed class PredictionsKeptTests
{
    [Fact]
    public async Task Erase_OfAUnit_ReachesWhatTheHostStillHasOpenAndIsProved()
    {
        await using var project = TempProject.Churn();
        await project.UpAsync();
        await project.DeployAsync("prod");
        var ids = new List<string>();
        foreach (var unit in new[] { "anna", "bert", "anna" })
            ids.Add(await AskAsync(project, unit));
        var refused = await project.RunAsync("predictions", "erase", "--unit", "anna");
        Assert.Equal(4, refused.ExitCode);
        Assert.Contains("--yes", refused.Errors);
        var elsewhere = await project.RunAsync("predictions", "erase", "--unit", "anna", "--environment", "prd", "--yes");
        Assert.Equal(3, elsewhere.ExitCode);
        Assert.Contains("Nothing was ever deployed to an environment 'prd' (did you mean 'prod'?).", elsewhere.Errors);
        await AssertUnfitIsToldAsync(project, ids[1]);

        var erasure = (await project.MustAsync("predictions", "erase", "--unit", "anna", "--reason", "asked", "--yes", "--format", "json")).Json;
        Assert.Equal(("completed", 2, 0), (erasure.GetProperty("status").GetString(), erasure.GetProperty("predictions").GetInt32(), erasure.GetProperty("left").GetInt32()));
        Assert.NotEqual(JsonValueKind.Undefined, erasure.GetProperty("files")[0].GetProperty("digest").ValueKind);
        var rows = (await project.MustAsync("query", "select unit, count(*) as n from predictions group by 1", "--format", "json")).Json;
        Assert.Equal("bert", Assert.Single(rows.EnumerateArray()).GetProperty("unit").GetString());
        var erasures = (await project.MustAsync("predictions", "erasures", "--format", "json")).Json;
        Assert.Equal("asked", Assert.Single(erasures.EnumerateArray()).GetProperty("reason").GetString());
        Assert.DoesNotContain("anna", erasures.GetRawText(), StringComparison.Ordinal);
        Assert.Contains("asked", (await project.MustAsync("predictions", "erasures")).Output);

        await AssertLineageIsWholeAsync(project, ids);
        await AssertLateOutcomesAreNotKeptAsync(project, ids[0]);
        await AssertDamageIsFoundAsync(project);
    }

    private static async Task AssertUnfitIsToldAsync(TempProject project, string id)
    {
        project.Write("unfit.jsonl", $$"""{"prediction": "{{id}}"}""" + "\n");
        var outcomes = await project.RunAsync("outcomes", "unfit.jsonl");
        Assert.Equal(4, outcomes.ExitCode);
        Assert.Contains("Line 1 is no outcome: it has no 'outcome'", outcomes.Errors);
        var both = await project.RunAsync("verify", id, "--environment", "stage");
        Assert.Equal(4, both.ExitCode);
        Assert.Contains("'--environment' is of a sample", both.Errors);
        Assert.Contains("'nosuch' is neither a run, such as 'train-3', nor a prediction", (await project.RunAsync("verify", "nosuch")).Errors);
    }

    /// <summary>What was erased is told from what never was, and where the others came from is known as before.</summary>
    private static async Task AssertLineageIsWholeAsync(TempProject project, List<string> ids)
    {
        var gone = await project.RunAsync("trace", ids[0]);
        Assert.Equal(3, gone.ExitCode);
        Assert.Contains("was erased with all others of its unit", gone.Errors);
        Assert.Contains("churn-prod-v001", (await project.MustAsync("trace", ids[1])).Output);
        var reach = (await project.MustAsync("trace", "churn-prod-v001", "--format", "json")).Json;
        Assert.Equal(1, reach.GetProperty("reach").GetProperty("predictions").GetInt64());
        Assert.NotEmpty(reach.GetProperty("origin").EnumerateArray());
    }

    private static async Task AssertLateOutcomesAreNotKeptAsync(TempProject project, string erased)
    {
        project.Write("late.jsonl", $$$"""
            {"prediction": "{{{erased}}}", "outcome": {"left": true}}
            {"prediction": "019cb0e2-6f40-7a11-8c3d-5e2f60000000", "outcome": {"left": true}}
            """ + "\n");
        var answer = (await project.MustAsync("outcomes", "late.jsonl", "--format", "json")).Json;
        Assert.Equal((1, 1), (answer.GetProperty("recorded").GetInt32(), answer.GetProperty("erased").GetInt32()));
        var status = await project.EventuallyAsync(
            async () => (await project.MustAsync("status", "--format", "json")).Json, status => status.TryGetProperty("unmatchedOutcomes", out var count) && count.GetInt64() == 1);
        Assert.Equal(1, status.GetProperty("unmatchedOutcomes").GetInt64());
        Assert.Contains("1 outcomes belong to no prediction", (await project.MustAsync("status")).Output);
    }

    private static async Task AssertDamageIsFoundAsync(TempProject project)
    {
        var sizes = (await project.MustAsync("predictions", "list", "--environment", "prod", "--format", "json")).Json;
        Assert.Equal(1, Assert.Single(sizes.GetProperty("predictions").EnumerateArray()).GetProperty("rows").GetInt32());
        Assert.Contains("churn", (await project.MustAsync("predictions", "sizes")).Output);
        await project.MustAsync("fsck");
        var folder = Path.Combine(project.Root, ".fairlead", "predictions");
        var path = Assert.Single(Directory.EnumerateFiles(Path.Combine(folder, "predictions"), "*.parquet", SearchOption.AllDirectories));
        var whole = File.ReadAllBytes(path);
        var name = Path.GetRelativePath(folder, path);
        File.WriteAllBytes(path, new byte[whole.Length]);
        var found = await project.RunAsync("fsck");
        Assert.Equal(7, found.ExitCode);
        Assert.Contains(name, found.Output);
        var skipped = await project.MustAsync("query", "select count(*) as n from predictions", "--skip-damaged", "--format", "json");
        Assert.Equal(0, skipped.Json[0].GetProperty("n").GetInt32());
        Assert.Contains("1 rows of 1 damaged files are missing", skipped.Errors);
        await project.MustAsync("predictions", "quarantine", name);
        Assert.Equal(0, (await project.MustAsync("query", "select count(*) as n from predictions", "--format", "json")).Json[0].GetProperty("n").GetInt32());
        Assert.Equal(7, (await project.RunAsync("predictions", "restore", name)).ExitCode);
        File.WriteAllBytes(path, whole);
        await project.MustAsync("predictions", "restore", name);
        Assert.Equal(1, (await project.MustAsync("query", "select count(*) as n from predictions", "--format", "json")).Json[0].GetProperty("n").GetInt32());
        Assert.Equal(3, (await project.RunAsync("predictions", "quarantine", "predictions/nowhere.parquet")).ExitCode);
    }

    private static async Task<string> AskAsync(TempProject project, string unit)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://localhost:{project.HostPort}/v2/models/churn/infer")
        {
            Content = new StringContent("""{"inputs":[{"name":"features","shape":[1,3],"datatype":"FP32","data":[3,39.0,6]}]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("fairlead-unit", unit);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer.Headers.GetValues("fairlead-prediction").Single();
    }
}
