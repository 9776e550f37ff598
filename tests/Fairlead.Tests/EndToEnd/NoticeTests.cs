using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Fairlead.Testing;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>People are told by the real program, also of what happened before it was killed, and approve from a chat.</summary>
public sealed class NoticeTests : IDisposable
{
    private const string SigningSecret = "s1gning of this test";
    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<JsonElement> received = new();
    private readonly string url;
    private volatile int status = 503;

    public NoticeTests()
    {
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            url = $"http://localhost:{((IPEndPoint)probe.LocalEndpoint).Port}/";
        }

        listener.Prefixes.Add(url);
        listener.Start();
        _ = listener.ServeAsync(TakeAsync);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => listener.Close();

    [Fact]
    public async Task Pipeline_ToldAcrossAKilledControlPlane_AndApprovedFromSlack()
    {
        await using var project = TempProject.Churn();
        project.Variables["SIGNING"] = SigningSecret;
        project.Variables["SLACK_URL"] = url;
        project.Write("fairlead.yaml", await File.ReadAllTextAsync(Path.Combine(project.Root, "fairlead.yaml"), Token) + $$$"""

            notify:
              channels:
                ci: { webhook: { url: "{{{url}}}" } }
                team: { slack: { url: "env:SLACK_URL", signing-secret: "env:SIGNING" } }
              rules: [ { on: ["execution.*", "judgment.*", stage.message], to: [ci] } ]
            pipelines:
              tell:
                stages:
                  say: { notify: "about to ask" }
                  ask: { judgment: "Is it fit?", after: say }
            """);
        project.Commit("A pipeline");
        await project.UpAsync();
        await project.MustAsync("pipeline", "run", "tell");
        await project.EventuallyAsync(async () => (await project.GetAsync("api/notices")).GetProperty("notices").GetArrayLength(), count => count == 3);
        Assert.Equal(3, (await project.MustAsync("notice", "list", "--format", "json")).Json.GetProperty("notices").GetArrayLength());
        Signals.Kill(project.ProcessOf("control"));
        received.Clear();
        status = 200;
        await project.UpAsync();
        // Or it arrived by itself meanwhile, which is a conflict.
        Assert.Contains((await project.RunAsync("notice", "retry", "1")).ExitCode, (int[])[0, 5]);
        await UntilAsync("fairlead.judgment.waiting");
        var (code, _) = await SayAsync(project, "status", "wrong");
        Assert.Equal(HttpStatusCode.Unauthorized, code);

        var added = await project.MustAsync("user", "add", "ann", "--role", "admin", "--format", "json");
        Assert.Contains("I do not know 'slack:T1/U2'", (await SayAsync(project, "approve 1")).Answer, StringComparison.Ordinal);
        project.Variables["FAIRLEAD_TOKEN"] = added.Json.GetProperty("token").GetString()!;
        await project.MustAsync("user", "link", "ann", "slack:T1/U2");
        Assert.Contains("is recorded", (await SayAsync(project, "approve 1 fit")).Answer, StringComparison.Ordinal);
        await UntilAsync("fairlead.execution.succeeded");

        // What stages say is queued at once, what is followed within a second.
        Assert.Equal(
            ["fairlead.execution.started", "fairlead.execution.succeeded", "fairlead.judgment.decided", "fairlead.judgment.waiting", "fairlead.stage.message"],
            received.Select(told => told.GetProperty("type").GetString()).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains("\"slack\"", (await project.MustAsync("audit", "--who", "ann", "--format", "json")).Output, StringComparison.Ordinal);
        Assert.Equal(4, (await project.RunAsync("notice", "test", "nobody")).ExitCode);
        await project.MustAsync("notice", "test", "ci");
    }

    private async Task UntilAsync(string type)
    {
        while (!received.Any(told => told.TryGetProperty("type", out var known) && known.GetString() == type))
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Token);
    }

    private static async Task<(HttpStatusCode Code, string Answer)> SayAsync(TempProject project, string text, string? secret = null)
    {
        using var http = new HttpClient { BaseAddress = project.ControlUrl };
        var body = $"team_id=T1&user_id=U2&command=%2Ffairlead&text={Uri.EscapeDataString(text)}";
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/chat/slack/team") { Content = new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded") };
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", "v0=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret ?? SigningSecret), Encoding.UTF8.GetBytes($"v0:{timestamp}:{body}"))));
        using var answer = await http.SendAsync(request, Token);
        var said = await answer.Content.ReadAsStringAsync(Token);
        return (answer.StatusCode, answer.IsSuccessStatusCode ? JsonDocument.Parse(said).RootElement.GetProperty("text").GetString()! : said);
    }

    private async Task TakeAsync(HttpListenerContext context)
    {
        received.Enqueue((await JsonDocument.ParseAsync(context.Request.InputStream)).RootElement);
        context.Response.StatusCode = status;
    }
}
