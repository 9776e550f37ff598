using System.Net.Http.Json;
using System.Text.Json;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>Load on a service that is a program: with rows of a file, and with what it was asked before.</summary>
public sealed class CommandLoadTests
{
    private const string Quiet = "  quiet: { command: python3 service/letter.py, code: [service/], health: /healthz, capture: { hash: [name] } }\n";
    private const string Stage = "pipelines: { probe: { stages: { rows: { load: letter, environment: prod, path: /staged, rate: 20, for: 1s, data: rows.csv, expect: [\"errors = 0\"] } } } }\n";
    private static readonly string[] Load = ["load", "letter", "--env", "prod", "--rate", "60", "--for", "1s", "--warmup", "0s"];

    [Fact]
    public async Task Load_OfAProgram_MeasuresRowsAndRecordedRequestsByServerGroup()
    {
        await using var project = TempProject.Letters();
        project.Replace("fairlead.yaml", "environments:", Quiet + Stage + "environments:");
        project.Write("rows.csv", "name,months\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"Ada{i},7\n")));
        project.Commit("A service whose log hides names, and a stage");
        await project.UpAsync();
        await project.MustAsync("release");
        await project.MustAsync("deploy", "prod");
        project.Replace("service/letter.py", "thank you for", "many thanks for");
        project.Commit("Warmer");
        await project.MustAsync("release");
        await project.MustAsync("deploy", "prod", "--weight", "50%");

        var none = await project.RunAsync([.. Load, "--data", "predictions"]);
        var first = (await project.MustAsync([.. Load, "--data", "rows.csv", "--unit", "name", "--path", "/letter", "--check", "errors = 0", "--format", "json"])).Json;
        var lost = (await project.MustAsync([.. Load, "--path", "/nowhere", "--format", "json"])).Json;
        var again = (await project.MustAsync([.. Load, "--data", "predictions", "--unit", "unit", "--check", "errors = 0", "--format", "json"])).Json;
        await project.MustAsync("pipeline", "run", "probe", "--watch");
        using (var http = new HttpClient { BaseAddress = project.HostUrl })
        {
            // What is hashed is as long as the hash, so that only the policy tells that the body is another.
            using var answer = await http.PostAsJsonAsync("environments/prod/services/quiet/letter", new { name = new string('A', 32), months = 7 }, TestContext.Current.CancellationToken);
            answer.EnsureSuccessStatusCode();
        }

        var hidden = await project.RunAsync("load", "quiet", "--env", "prod", "--rate", "50", "--data", "predictions");

        Assert.Contains("No request to 'letter' that was answered without an error is recorded", none.Errors, StringComparison.Ordinal);
        Assert.Contains("None of the 1 recorded requests to 'quiet' is in the log as it was sent", hidden.Errors, StringComparison.Ordinal);
        Assert.Equal((60, 60), (first.GetProperty("due").GetInt64(), first.GetProperty("succeeded").GetInt64()));
        Assert.Equal(["letter-prod-v001", "letter-prod-v002"], first.GetProperty("serverGroups").EnumerateArray().Select(group => group.GetProperty("name").GetString()));
        Assert.Equal((60, "404"), (lost.GetProperty("failed").GetInt64(), lost.GetProperty("errors")[0].GetProperty("status").GetString()));

        // The same units reach the same server groups, and what was answered by an error is not asked again.
        Assert.Equal((60, 60), (again.GetProperty("requests").GetInt64(), again.GetProperty("succeeded").GetInt64()));
        Assert.Equal(first.GetProperty("serverGroups").GetRawText(), again.GetProperty("serverGroups").GetRawText());
        var asked = (await project.MustAsync(
            "query", "select input.method, input.path, input.type, count(*) as requests, count(distinct input.body) as bodies from predictions where service = 'letter' and status = 200 and input.path = '/letter' group by all", "--format", "json")).Json;
        Assert.Equal("""[{"method":"POST","path":"/letter","type":"application/json","requests":120,"bodies":60}]""", JsonSerializer.Serialize(asked));
        var staged = (await project.MustAsync("query", "select count(*) > 0 as found from predictions where service = 'letter' and status = 200 and input.path = '/staged'", "--format", "json")).Json;
        Assert.True(staged[0].GetProperty("found").GetBoolean());
    }
}
