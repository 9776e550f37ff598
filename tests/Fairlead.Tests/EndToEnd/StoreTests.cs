using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Fairlead.Tests.Running;

namespace Fairlead.Tests.EndToEnd;

/// <summary>The store as a whole: what takes how much, what goes, what others computed, and what a registry gives back.</summary>
public sealed class StoreTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("fairlead-registry-").FullName;
    private readonly int port = FreePort();
    private readonly HttpClient http = new();
    private Process? registry;

    [Fact]
    public async Task Store_OfTwoMachinesWithARegistry_IsSharedCleanedAndMended()
    {
        await StartRegistryAsync();
        await using var first = await ProjectAsync();
        await first.MustAsync("run");
        Assert.Equal(1, (await first.MustAsync("runs", "--format", "json")).Json.GetArrayLength());
        await WaitForTagAsync("key.");

        await using var second = await ProjectAsync();
        var reused = await second.MustAsync("run");
        Assert.Contains("computed elsewhere", reused.Output + reused.Errors);
        var run = (await second.MustAsync("show", "make-1", "--format", "json")).Json;
        Assert.Contains("make-1 of", run.GetProperty("origin").GetString());
        Assert.Equal("made\n", File.ReadAllText((await second.MustAsync("pull", "make-1/made.txt")).Output.Trim()));

        await PushAndPullAsync(first, second);
        await MendAsync(second);
        await CleanAsync(first);
    }

    public void Dispose()
    {
        registry?.Kill();
        registry?.WaitForExit();
        registry?.Dispose();
        http.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static async Task PushAndPullAsync(TempProject first, TempProject second)
    {
        await first.MustAsync("dataset", "add");
        Assert.Contains("pushed dataset/words@1", (await first.MustAsync("push", "words@1")).Output);
        Assert.Contains("pulled dataset/words@1", (await second.MustAsync("store", "pull", "words@1")).Output);
        var unknown = await second.RunAsync("store", "pull", "words@9");
        Assert.Equal(3, unknown.ExitCode);
        Assert.Contains("dataset/words@9", unknown.Errors);
    }

    /// <summary>What was lost is fetched from where it was pushed to.</summary>
    private static async Task MendAsync(TempProject project)
    {
        var output = (await project.MustAsync("show", "make-1", "--format", "json")).Json.GetProperty("outputs")[0].GetProperty("artifact").GetProperty("digest").GetString()!;
        File.Delete(Path.Combine(project.Root, ".fairlead", "store", "blobs", "sha256", output["sha256:".Length..]));
        var broken = await project.RunAsync("fsck", "--repair", "--format", "json");
        Assert.Equal(7, broken.ExitCode);
        using var answer = JsonDocument.Parse(broken.Output);
        Assert.StartsWith("fetched from", answer.RootElement.GetProperty("missing")[0].GetProperty("cure").GetString());
        await project.MustAsync("fsck");
    }

    private static async Task CleanAsync(TempProject project)
    {
        var usage = (await project.MustAsync("du", "--format", "json")).Json;
        Assert.Contains(usage.GetProperty("rows").EnumerateArray(), row => row.GetProperty("kind").GetString() == "outputs" && row.GetProperty("name").GetString() == "make");
        var report = (await project.MustAsync("gc", "--dry", "--format", "json")).Json;
        Assert.Equal(0, report.GetProperty("blobs").GetInt32());
        for (var i = 0; i < 3; i++)
        {
            project.Replace("fairlead.yaml", i == 0 ? "printf 'made\\n'" : $"printf 'made {i - 1}\\n'", $"printf 'made {i}\\n'");
            await project.MustAsync("run");
        }

        var cleaned = (await project.MustAsync("store", "gc", "--keep-runs", "1", "--grace", "0s", "--format", "json")).Json;
        Assert.True(cleaned.GetProperty("blobs").GetInt32() >= 3);
        await project.MustAsync("fsck");
        Assert.Equal("made 2\n", File.ReadAllText((await project.MustAsync("pull", "make-4/made.txt")).Output.Trim()));
        project.Replace("fairlead.yaml", "printf 'made 2\\n'", "printf 'made 1\\n'");
        var again = await project.MustAsync("run");
        // Its outputs went; the registry has them still, or it is executed once more.
        Assert.Matches("computed elsewhere|are gone", again.Output + again.Errors);
    }

    private async Task<TempProject> ProjectAsync()
    {
        var project = TempProject.Empty();
        project.Write("words.txt", "one\ntwo\n");
        project.Write("fairlead.yaml", $"""
            project: shared
            store: {"{"} registry: "127.0.0.1:{port}/cache", plain: true, cache: true {"}"}
            datasets:
              words: {"{"} path: words.txt {"}"}
            steps:
              make:
                run: printf 'made\n' > out/made.txt
                outputs: [made.txt]
            """);
        project.Git("config", "user.name", "Tester");
        project.Git("config", "user.email", "tester@fairlead.invalid");
        project.Commit("Start");
        await project.UpAsync();
        return project;
    }

    private async Task StartRegistryAsync()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/docker-registry"), "needs docker-registry");
        var config = Path.Combine(folder, "config.yml");
        await File.WriteAllTextAsync(config, $"version: 0.1\nlog: {{ level: error, accesslog: {{ disabled: true }} }}\nstorage: {{ filesystem: {{ rootdirectory: {folder}/data }} }}\nhttp: {{ addr: 127.0.0.1:{port}, secret: test }}\n");
        registry = Process.Start(new ProcessStartInfo("/usr/bin/docker-registry", ["serve", config]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        registry.BeginErrorReadLine();
        registry.BeginOutputReadLine();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync($"http://127.0.0.1:{port}/v2/", TestContext.Current.CancellationToken);
                return;
            }
            catch (HttpRequestException)
            {
                Assert.False(registry.HasExited);
            }
        }
    }

    private async Task WaitForTagAsync(string start)
    {
        while (true)
        {
            using var answer = await http.GetAsync($"http://127.0.0.1:{port}/v2/cache/tags/list", TestContext.Current.CancellationToken);
            if (answer.StatusCode == HttpStatusCode.OK && (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains($"\"{start}", StringComparison.Ordinal))
                return;
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
