using System.Net.Http.Json;
using System.Text.Json;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>A program that listens on a port, from commit to a captured call and back.</summary>
public sealed class CommandServiceTests
{
    private const string Prod = "/environments/prod/services/letter/letter";

    [Fact]
    public async Task Letters_FromCommitToQuery_AreAnsweredAndCaptured()
    {
        await using var project = TempProject.Letters();
        await project.UpAsync();
        var release = (await project.MustAsync("release", "--format", "json")).Json.GetProperty("release");
        Assert.StartsWith("sha256:", release.GetProperty("services")[0].GetProperty("command").GetProperty("code").GetProperty("digest").GetString());
        await project.MustAsync("deploy", "prod");

        var (prediction, group, text) = await AskAsync(project, "Ada");

        Assert.Equal(("letter-prod-v001", "Dear Ada, thank you for 7 months with us."), (group, text));
        var row = (await project.MustAsync("query", $"select service, model, status, input.method, input.path, input.body, output.body as answer from predictions where id = '{prediction}'", "--format", "json")).Json[0];
        Assert.Equal("letter", row.GetProperty("service").GetString());
        Assert.Equal(JsonValueKind.Null, row.GetProperty("model").ValueKind);
        Assert.Equal("/letter", row.GetProperty("path").GetString());
        Assert.Contains("Ada", row.GetProperty("body").GetString());
        Assert.Contains("Dear Ada", row.GetProperty("answer").GetString());
        var trace = (await project.MustAsync("trace", prediction)).Output;
        Assert.Contains("command python3 service/letter.py", trace);
        Assert.Contains("release v001", trace);
        var status = (await project.MustAsync("status")).Output;
        Assert.Contains("ready", status);
        var logs = (await project.MustAsync("logs", "letter-prod-v001", "--instance", "1")).Output;
        Assert.Contains("listening on port", logs);
    }

    [Fact]
    public async Task Deploy_OfAProgramThatDoesNotStart_SaysWhatItPrintedAndKeepsWhatIsLive()
    {
        await using var project = TempProject.Letters();
        await project.UpAsync();
        await project.MustAsync("release");
        await project.MustAsync("deploy", "prod");
        project.Replace("service/letter.py", "def main():", "def main(:");
        project.Commit("Break it");
        await project.MustAsync("release");

        var deploy = await project.RunAsync("deploy", "prod");

        Assert.NotEqual(0, deploy.ExitCode);
        Assert.Contains("SyntaxError", deploy.Errors);
        Assert.Contains("what was live goes on", deploy.Errors);
        Assert.Equal("letter-prod-v001", (await AskAsync(project, "Ada")).Group);
    }

    [Fact]
    public async Task Traffic_BetweenTwoPrograms_MovesAndRollsBack()
    {
        await using var project = TempProject.Letters();
        await project.UpAsync();
        await project.MustAsync("release");
        await project.MustAsync("deploy", "prod");
        project.Replace("service/letter.py", "thank you for", "many thanks for");
        project.Commit("Warmer");
        await project.MustAsync("release");
        await project.MustAsync("deploy", "prod", "--weight", "0.01%");
        Assert.Equal("letter-prod-v001", (await AskAsync(project, "Ada")).Group);

        await project.MustAsync("traffic", "prod", "letter-prod-v002=100%");

        Assert.Equal(("letter-prod-v002", "Dear Ada, many thanks for 7 months with us."), await GroupAndTextAsync(project));
        await project.MustAsync("rollback", "prod");
        Assert.Equal("letter-prod-v001", (await AskAsync(project, "Ada")).Group);

        var unequal = await project.RunAsync("traffic", "prod", "letter-prod-v001=90%", "letter-prod-v002=5%");
        Assert.Contains("sum to 95% instead of 100%", unequal.Errors);
        var stranger = await project.RunAsync("traffic", "stage", "letter-prod-v001=100%");
        Assert.Contains("'letter-prod-v001' is not in the environment 'stage'", stranger.Errors);
        var nonsense = await project.RunAsync("traffic", "prod", "letter-prod-v001");
        Assert.Contains("expected SERVER-GROUP=SHARE", nonsense.Errors);
    }

    [Fact]
    public async Task Shadow_OfANewRelease_AnswersBesideWhatIsLive()
    {
        await using var project = TempProject.Letters();
        await project.UpAsync();
        await project.MustAsync("release");
        await project.MustAsync("deploy", "prod");
        project.Replace("service/letter.py", "thank you for", "many thanks for");
        project.Commit("Warmer");
        await project.MustAsync("release");
        await project.MustAsync("deploy", "prod", "--mirror", "100%");

        for (var i = 0; i < 5; i++)
            Assert.Equal("letter-prod-v001", (await AskAsync(project, $"Ada{i}")).Group);

        const string Sql = """select live.output.body as live, shadow.output.body as shadow from predictions live join predictions shadow using (request, "row") where live.role = 'live' and shadow.role = 'shadow'""";
        var pairs = await project.EventuallyAsync(async () => (await project.MustAsync("query", Sql, "--format", "json")).Json, rows => rows.GetArrayLength() == 5);
        Assert.All(pairs.EnumerateArray(), pair =>
        {
            Assert.Contains("thank you", pair.GetProperty("live").GetString());
            Assert.Contains("many thanks", pair.GetProperty("shadow").GetString());
        });
        Assert.Contains("shadow of 100%", (await project.MustAsync("status")).Output);
        await project.MustAsync("traffic", "prod", "--mirror", "letter-prod-v002=0%");
        Assert.DoesNotContain("shadow of", (await project.MustAsync("status")).Output);
    }

    [Fact]
    public async Task Http2_OfAProgramThatSpeaksNothingElse_PassesThrough()
    {
        await using var project = TempProject.Empty();
        project.Write("fairlead.yaml", "project: echo\nservices:\n  echo: { command: node server.js, code: [server.js], protocol: http2 }\nenvironments: { prod: {} }\n");
        project.Write(
            "server.js",
            """
            const server = require('http2').createServer();
            server.on('stream', (stream, headers) => {
              stream.respond({ ':status': 200, 'content-type': 'text/plain', 'x-path': headers[':path'] });
              stream.pipe(stream);
            });
            server.listen(process.env.PORT, '127.0.0.1');
            """);
        project.Commit("Start");
        await project.UpAsync();
        await project.MustAsync("release");
        await project.MustAsync("deploy", "prod");

        foreach (var version in new[] { "--http1.1", "--http2-prior-knowledge" })
        {
            var answer = await Programs.RunAsync(project.Root, "curl", "--silent", "--include", version, "--data", "ping", $"http://localhost:{project.HostPort}/services/echo/a?b=c");
            Assert.EndsWith("ping", answer);
            Assert.Contains("x-path: /a?b=c", answer, StringComparison.OrdinalIgnoreCase);
        }

        var row = (await project.MustAsync("query", "select input.path, output.body from predictions limit 1", "--format", "json")).Json[0];
        Assert.Equal(("/a?b=c", "ping"), (row.GetProperty("path").GetString(), row.GetProperty("body").GetString()));
    }

    private static async Task<(string Group, string Text)> GroupAndTextAsync(TempProject project)
    {
        var (_, group, text) = await AskAsync(project, "Ada");
        return (group, text);
    }

    private static async Task<(string Prediction, string Group, string Text)> AskAsync(TempProject project, string name)
    {
        using var http = new HttpClient();
        using var response = await http.PostAsJsonAsync(new Uri(project.HostUrl, Prod), new { name, months = 7 });
        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (response.Headers.GetValues("fairlead-prediction").Single(), response.Headers.GetValues("fairlead-server-group").Single(), body.GetProperty("text").GetString()!);
    }
}
