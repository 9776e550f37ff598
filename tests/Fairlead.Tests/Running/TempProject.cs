using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text.Json;

namespace Fairlead.Tests.Running;

/// <summary>A git repository of a test's own, with ports of its own; what it started is stopped at the end.</summary>
internal sealed class TempProject : IAsyncDisposable
{
    /// <summary>Between two questions: whoever only waits leaves the processor to what is awaited.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private bool isUp;

    private TempProject(string root)
    {
        Root = root;
        (ControlPort, HostPort) = FreePorts();
    }

    public string Root { get; }

    /// <summary>Environment variables of every command.</summary>
    public Dictionary<string, string> Variables { get; } = [];

    public int ControlPort { get; }

    public int HostPort { get; }

    public Uri ControlUrl => new($"http://localhost:{ControlPort}");

    public Uri HostUrl => new($"http://localhost:{HostPort}");

    /// <summary>An empty repository with one commit.</summary>
    public static TempProject Empty()
    {
        var project = new TempProject(Directory.CreateTempSubdirectory("fairlead-e2e-").FullName);
        project.Init();
        return project;
    }

    /// <summary>The churn example: Python without any package, another signature than the demo's.</summary>
    public static TempProject Churn() => Churn(Directory.CreateTempSubdirectory("fairlead-e2e-").FullName);

    /// <summary>The same in an empty folder of the caller's choice.</summary>
    public static TempProject Churn(string root)
    {
        var project = ChurnFiles(root);
        project.Init();
        project.Commit("Start");
        return project;
    }

    /// <summary>The example of a command service.</summary>
    public static TempProject Letters() => Example("letters-python");

    /// <summary>The example whose steps are written in six languages.</summary>
    public static TempProject Languages() => Example("languages");

    private static TempProject Example(string name)
    {
        var project = new TempProject(Directory.CreateTempSubdirectory("fairlead-e2e-").FullName);
        Copy(Path.Combine(AppContext.BaseDirectory, "examples", name), project.Root);
        project.Init();
        project.Commit("Start");
        return project;
    }

    /// <summary>The files of the example in no repository.</summary>
    public static TempProject ChurnFiles(string root)
    {
        var project = new TempProject(root);
        Copy(Path.Combine(AppContext.BaseDirectory, "examples", "churn-python"), project.Root);
        return project;
    }

    public Task<CliResult> RunAsync(params string[] arguments) => Cli.RunAsync(Root, Variables, arguments);

    /// <summary>What the control plane answers at a path of its API: for what is asked again and again, where a command would cost a process each time.</summary>
    public async Task<JsonElement> GetAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = ControlUrl };
        if (Variables.TryGetValue("FAIRLEAD_TOKEN", out var token))
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.GetAsync(path, TestContext.Current.CancellationToken);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"'{path}' was answered with {(int)response.StatusCode}: {body}\n{Logs()}");
        return JsonElement.Parse(body);
    }

    /// <summary>Asks again until the answer is as awaited, for what happens after an answer; fails after a minute.</summary>
    public async Task<T> EventuallyAsync<T>(Func<Task<T>> ask, Predicate<T> isAwaited)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (isAwaited(answer))
                return answer;
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(1), $"It never came; the last answer was {answer}.\n{Logs()}");
            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Runs a command that must succeed.</summary>
    public async Task<CliResult> MustAsync(params string[] arguments)
    {
        var result = await RunAsync(arguments);
        Assert.True(result.ExitCode == 0, $"'fairlead {string.Join(' ', arguments)}' ended with {result.ExitCode}:\n{result.Output}\n{result.Errors}\n{Logs()}");
        return result;
    }

    public async Task UpAsync(params string[] options)
    {
        isUp = true;
        await MustAsync(["up", "--port", $"{ControlPort}", "--host-port", $"{HostPort}", .. options]);
    }

    /// <summary>Makes the folder a repository without a commit.</summary>
    public void Init() => Git("init", "--quiet", "--initial-branch=main");

    /// <summary>Runs, releases and deploys the project to an environment.</summary>
    public async Task DeployAsync(string environment)
    {
        await MustAsync("run");
        await MustAsync("release");
        await MustAsync("deploy", environment);
    }

    /// <summary>The process id of the <c>control</c> plane or the <c>host</c>.</summary>
    public int ProcessOf(string role)
    {
        var (file, member) = role == "host" ? ("host.json", "pid") : ("endpoint.json", "processId");
        using var record = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Root, ".fairlead", role, file)));
        return record.RootElement.GetProperty(member).GetInt32();
    }

    public void Write(string path, string content)
    {
        var full = Path.Combine(Root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, content);
    }

    public void Replace(string path, string before, string after)
    {
        var text = File.ReadAllText(Path.Combine(Root, path));
        Assert.Contains(before, text);
        Write(path, text.Replace(before, after));
    }

    public void Commit(string message)
    {
        Git("add", "--all");
        Git("-c", "user.name=Tester", "-c", "user.email=tester@fairlead.invalid", "commit", "--quiet", "-m", message);
    }

    /// <summary>Stops what runs and leaves the folder.</summary>
    public async Task StopAsync()
    {
        if (isUp)
            await RunAsync("down");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        // The store's blobs are read-only files; their folders are not.
        Directory.Delete(Root, recursive: true);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    private static (int First, int Second) FreePorts()
    {
        using var first = new TcpListener(IPAddress.Loopback, 0);
        using var second = new TcpListener(IPAddress.Loopback, 0);
        first.Start();
        second.Start();
        return (((IPEndPoint)first.LocalEndpoint).Port, ((IPEndPoint)second.LocalEndpoint).Port);
    }

    private string Logs() =>
        string.Join('\n', new[] { "control", "host" }
            .Select(role => Path.Combine(Root, ".fairlead", role, $"{role}.log"))
            .Where(File.Exists)
            .Select(path => $"--- {path}\n{string.Join('\n', File.ReadLines(path).TakeLast(40))}"));

    /// <summary>Runs git, which must succeed.</summary>
    public string Git(params string[] arguments)
    {
        using var git = Process.Start(new ProcessStartInfo("git", arguments) { WorkingDirectory = Root, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var errors = git.StandardError.ReadToEndAsync();
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.True(git.ExitCode == 0, errors.Result);
        return output.Trim();
    }
}
