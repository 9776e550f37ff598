using System.Diagnostics;
using System.Text.Json;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>A candidate that burns the processor: what its instances use is reported, kept across a control plane that is killed, and told with the numbers of the control plane.</summary>
public sealed class BurningServiceTests
{
    private const string Promtool = "/usr/bin/promtool";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Instances_ThatBurn_AreMeasuredAlsoWhenTheControlPlaneIsKilled()
    {
        await using var project = TempProject.Letters();
        await project.UpAsync();
        await project.MustAsync("release");
        await project.MustAsync("deploy", "prod");
        project.Replace("service/letter.py", "def main():\n", "def burn():\n    while True:\n        pass\n\n\ndef main():\n    import threading\n    threading.Thread(target=burn, daemon=True).start()\n");
        project.Commit("Burn");
        await project.MustAsync("release");
        await project.MustAsync("deploy", "prod", "--weight", "0.01%");

        var before = await project.EventuallyAsync(() => Task.FromResult(Looks(project)), looks => looks.Count(look => look.Count == 2) >= 2);
        using (var control = Process.GetProcessById(project.ProcessOf("control")))
        {
            control.Kill();
            await control.WaitForExitAsync(Token);
        }

        await project.UpAsync();
        var after = await project.EventuallyAsync(() => Task.FromResult(Looks(project)), looks => looks.Count(look => look.Count == 2) > before.Count(look => look.Count == 2));

        Assert.Equal(before.Count, after.Take(before.Count).Count());
        var (first, last) = (before.First(look => look.Count == 2), after.Last(look => look.Count == 2));
        var (live, candidate) = (Used("letter-prod-v001"), Used("letter-prod-v002"));
        // Two instances that do nothing else, on whatever processors there are.
        Assert.True(candidate > 1 && candidate > 5 * live, $"The candidate used {candidate} s, and what is live {live} s.");
        Assert.All(last.Values, sample => Assert.InRange(sample.GetProperty("memoryBytes").GetInt64(), 1_000_000, 500_000_000));
        await CheckMetricsAsync(project);

        double Used(string group) => last[group].GetProperty("processorSeconds").GetDouble() - first[group].GetProperty("processorSeconds").GetDouble();
    }

    private static async Task CheckMetricsAsync(TempProject project)
    {
        using var http = new HttpClient { BaseAddress = project.ControlUrl };
        using var answer = await http.GetAsync("metrics", Token);
        var text = await answer.Content.ReadAsStringAsync(Token);
        Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("fairlead_executions{status=\"succeeded\"} 0\n", text);
        Assert.Contains("fairlead_hosts{state=\"reachable\"} 1\n", text);
        Assert.Contains("fairlead_catalog_commit_duration_seconds_count ", text);
        Assert.Contains("http_server_request_duration_seconds_count{http_request_method=\"POST\",http_response_status_code=\"", text);
        Assert.Contains("http_route=\"/api/hosts/report\"", text);
        Assert.Contains("process_resident_memory_bytes ", text);
        Assert.SkipUnless(File.Exists(Promtool), "promtool is not installed.");
        using var promtool = Process.Start(new ProcessStartInfo(Promtool, "check metrics") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        await promtool.StandardInput.WriteAsync(text);
        promtool.StandardInput.Close();
        var problems = await promtool.StandardOutput.ReadToEndAsync(Token) + await promtool.StandardError.ReadToEndAsync(Token);
        await promtool.WaitForExitAsync(Token);
        Assert.Equal((0, ""), (promtool.ExitCode, problems));
    }

    /// <summary>What was sampled, each time by server group.</summary>
    private static List<Dictionary<string, JsonElement>> Looks(TempProject project)
    {
        var folder = Path.Combine(project.Root, ".fairlead", "control", "host-samples");
        var looks = new List<Dictionary<string, JsonElement>>();
        IEnumerable<string> files = Directory.Exists(folder) ? Directory.GetFiles(folder).Order(StringComparer.Ordinal) : [];
        foreach (var line in files.SelectMany(File.ReadAllLines).Where(line => line.EndsWith('}')))
            looks.Add(JsonElement.Parse(line).GetProperty("samples").EnumerateArray().ToDictionary(sample => sample.GetProperty("group").GetString()!));
        return looks;
    }
}
