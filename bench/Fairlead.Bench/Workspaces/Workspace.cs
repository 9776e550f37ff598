using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Fairlead.Bench.Processes;

namespace Fairlead.Bench.Workspaces;

/// <summary>A project with its control plane and host, driven by the program under test as a person would drive it.</summary>
internal sealed class Workspace : IAsyncDisposable
{
    public static readonly IReadOnlyDictionary<string, string> NoVariables = new Dictionary<string, string>();
    public const string Environment = "prod";
    private const string User = "bench";
    private const int SplitProbes = 500;
    private const int QuietLooks = 4;
    private const int MostLooks = 200;
    private static readonly TimeSpan ProbePause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan QuietPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan QuietTime = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly BenchOptions options;
    private readonly string folder;
    private readonly IReadOnlyDictionary<string, string> variables;
    private readonly TimeProvider time;
    private readonly int port = FreePort.Next();
    private readonly int hostPort = FreePort.Next();
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });
    private WorkspaceProcesses? processes;

    private Workspace(BenchOptions options, string folder, IReadOnlyDictionary<string, string> variables, TimeProvider time)
    {
        this.options = options;
        this.folder = folder;
        this.variables = variables;
        this.time = time;
        BodyFile = folder + ".body.json";
    }

    /// <summary>Holds the request's body.</summary>
    public string BodyFile { get; }

    /// <summary>Size of an answer's body.</summary>
    public int AnswerBytes { get; private set; }

    /// <summary>The project's folder.</summary>
    public string Folder => folder;

    public Uri HostUrl => new($"http://127.0.0.1:{hostPort}");

    /// <summary>The server groups of the workload's service that answer, oldest first.</summary>
    public IReadOnlyList<string> ServerGroups { get; private set; } = [];

    /// <summary>Leaves a workspace that is up and splits production 90 to 10 between two releases.</summary>
    /// <param name="variables">Environment variables for the program under test.</param>
    public static Task<Workspace> CreateAsync(
        BenchOptions options, string folder, IReadOnlyDictionary<string, string> variables, TimeProvider time, CancellationToken cancellationToken) =>
        CreateAsync(new Workspace(options, folder, variables, time), workspace => workspace.PrepareAsync(cancellationToken));

    /// <summary>Leaves a workspace that is up and serves the command of <see cref="CommandProject"/>.</summary>
    public static Task<Workspace> CreateForCommandAsync(BenchOptions options, string folder, TimeProvider time, CancellationToken cancellationToken) =>
        CreateAsync(new Workspace(options, folder, NoVariables, time), workspace => workspace.PrepareCommandAsync(cancellationToken));

    /// <summary>Leaves a workspace that is up and serves its first release, with predictions of it; commits begin its pipeline.</summary>
    public static Task<Workspace> CreateForDeliveryAsync(BenchOptions options, string folder, TimeProvider time, CancellationToken cancellationToken) =>
        CreateAsync(new Workspace(options, folder, NoVariables, time), workspace => workspace.PrepareDeliveryAsync(cancellationToken));

    private static async Task<Workspace> CreateAsync(Workspace workspace, Func<Workspace, Task> prepare)
    {
        try
        {
            await prepare(workspace);
            return workspace;
        }
        catch
        {
            await workspace.DisposeAsync();
            throw;
        }
    }

    public Uri InferUrl(string service) => new(HostUrl, $"/environments/{Environment}/v2/models/{service}/infer");

    public Uri CommandUrl(string service) => new(HostUrl, $"/environments/{Environment}/services/{service}/");

    /// <summary>A path of the control plane, such as <c>/api/releases</c>.</summary>
    public Uri ControlUrl(string path) => new($"http://127.0.0.1:{port}{path}");

    /// <summary>Runs the program in the workspace; what it printed.</summary>
    public Task<string> FairleadAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        Command.RunAsync(options.Fairlead, arguments, folder, variables, cancellationToken);

    public Task UpAsync(CancellationToken cancellationToken)
    {
        processes = null;
        return FairleadAsync(["up", "--port", $"{port}", "--host-port", $"{hostPort}"], cancellationToken);
    }

    public Task DownAsync(CancellationToken cancellationToken) => FairleadAsync(["down"], cancellationToken);

    /// <summary>Starts both processes and waits for the first prediction.</summary>
    /// <returns>From the start of the command to the answer.</returns>
    public async Task<TimeSpan> UpToFirstPredictionAsync(CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        var up = UpAsync(cancellationToken);
        while (!await TryInferAsync(cancellationToken))
        {
            if (up.IsFaulted)
                await up;
            if (time.GetElapsedTime(start) > StartLimit)
                throw new BenchException($"There was no prediction {StartLimit.TotalSeconds} s after 'fairlead up'.");
            await Task.Delay(ProbePause, time, cancellationToken);
        }

        var elapsed = time.GetElapsedTime(start);
        await up;
        return elapsed;
    }

    public async Task<WorkspaceProcesses> ProcessesAsync(CancellationToken cancellationToken)
    {
        if (processes is { } known)
            return known;
        using var status = JsonDocument.Parse(await FairleadAsync(["status", "--format", "json"], cancellationToken));
        return processes = status.RootElement.TryGetProperty("host", out var host)
            ? new WorkspaceProcesses(status.RootElement.GetProperty("controlProcessId").GetInt32(), host.GetProperty("processId").GetInt32())
            : throw new BenchException("The control plane has not heard of its host.");
    }

    /// <summary>Waits until neither process has anything left to do, such as the compaction of what was captured; at most ten seconds.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        var (control, host) = await ProcessesAsync(cancellationToken);
        var before = ProcessorTime.Of(control) + ProcessorTime.Of(host);
        for (var (look, quiet) = (0, 0); look < MostLooks && quiet < QuietLooks; look++)
        {
            await Task.Delay(QuietPause, time, cancellationToken);
            var now = ProcessorTime.Of(control) + ProcessorTime.Of(host);
            quiet = now - before < QuietTime ? quiet + 1 : 0;
            before = now;
        }
    }

    public async Task<HostCounters> CountersAsync(CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await http.GetStringAsync($"http://127.0.0.1:{hostPort}/fairlead/status", cancellationToken), WorkspaceJson.Default.HostCounters)!;

    /// <summary>Changes the project file and commits.</summary>
    /// <returns>The commit.</returns>
    public async Task<string> ChangeAsync((string From, string To) change, CancellationToken cancellationToken)
    {
        await new ProjectCopy(folder).ChangeAsync(change, cancellationToken);
        return (await Command.RunAsync("git", ["rev-parse", "HEAD"], folder, NoVariables, cancellationToken)).Trim();
    }

    /// <summary>What the control plane answers to a GET.</summary>
    public async Task<JsonDocument> GetAsync(string path, CancellationToken cancellationToken) =>
        JsonDocument.Parse(await http.GetStringAsync(ControlUrl(path), cancellationToken));

    /// <summary>Changes the project file, runs what depends on it, and cuts a release.</summary>
    public async Task ReleaseChangedAsync(IReadOnlyList<(string From, string To)> changes, CancellationToken cancellationToken)
    {
        foreach (var change in changes)
            await new ProjectCopy(folder).ChangeAsync(change, cancellationToken);
        await FairleadAsync(["run"], cancellationToken);
        await FairleadAsync(["release"], cancellationToken);
    }

    /// <summary>Shares of the traffic in hundredths of a percent, by server group.</summary>
    public Task SetTrafficAsync(IReadOnlyDictionary<string, int> shares, CancellationToken cancellationToken) =>
        OrderAsync("traffic", new { weights = shares, user = User }, cancellationToken);

    /// <summary>Gives the traffic back to the server group that had it before.</summary>
    public Task RollBackAsync(string service, CancellationToken cancellationToken) => OrderAsync("rollback", new { service, user = User }, cancellationToken);

    /// <summary>Stops both processes, whatever happened; the folder is the caller's.</summary>
    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        if (!Directory.Exists(Path.Combine(folder, ".fairlead")))
            return;
        try
        {
            await DownAsync(CancellationToken.None);
        }
        catch (BenchException e)
        {
            Console.Error.WriteLine($"bench: {e.Message}");
        }
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var workload = options.Workload;
        await File.WriteAllTextAsync(BodyFile, workload.Body.Trim(), cancellationToken);
        var project = new ProjectCopy(folder);
        await project.CreateAsync(options.Root, workload, GitFolder.Quiet, cancellationToken);
        await UpAsync(cancellationToken);
        await FairleadAsync(["run"], cancellationToken);
        await FairleadAsync(["release"], cancellationToken);
        await FairleadAsync(["deploy", Environment], cancellationToken);
        await project.ChangeAsync(workload.Change, cancellationToken);
        await FairleadAsync(["run"], cancellationToken);
        await FairleadAsync(["release"], cancellationToken);
        await FairleadAsync(["deploy", Environment, "--weight", "10"], cancellationToken);
        await CheckSplitAsync(cancellationToken);
    }

    private async Task PrepareDeliveryAsync(CancellationToken cancellationToken)
    {
        var project = new ProjectCopy(folder);
        await project.CreateAsync(options.Root, options.Workload, GitFolder.Main, cancellationToken);
        // Nothing waits, and without time nothing can be analysed; nor did anything turn out to be true yet.
        await project.ChangeAsync(("default: 8s", "default: 0s"), cancellationToken);
        await project.ChangeAsync(("        analyse: [latency.p99, error.rate]\n", ""), cancellationToken);
        await project.ChangeAsync(("replay.auc >= replay.recorded.auc - 0.005", "replay.rows > 1000"), cancellationToken);
        await UpAsync(cancellationToken);
        await FairleadAsync(["run"], cancellationToken);
        await FairleadAsync(["release"], cancellationToken);
        await FairleadAsync(["deploy", Environment], cancellationToken);
        await FairleadAsync(["load", options.Workload.Service, "--env", Environment, "--rate", "1000", "--for", "3s", "--data", "split/test.parquet"], cancellationToken);
    }

    private async Task PrepareCommandAsync(CancellationToken cancellationToken)
    {
        await CommandProject.CreateAsync(folder, cancellationToken);
        await UpAsync(cancellationToken);
        await FairleadAsync(["release"], cancellationToken);
        await FairleadAsync(["deploy", Environment], cancellationToken);
    }

    /// <summary>What is measured must be what is said: both releases answer, and an answer holds outputs.</summary>
    private async Task CheckSplitAsync(CancellationToken cancellationToken)
    {
        var groups = new HashSet<string>(StringComparer.Ordinal);
        for (var probe = 0; probe < SplitProbes && groups.Count < 2; probe++)
        {
            using var answer = await PostAsync(cancellationToken);
            var body = await answer.Content.ReadAsStringAsync(cancellationToken);
            if (!answer.IsSuccessStatusCode || !body.Contains("\"outputs\"", StringComparison.Ordinal))
                throw new BenchException($"The host answered {(int)answer.StatusCode}: {body}");
            AnswerBytes = Encoding.UTF8.GetByteCount(body);
            groups.UnionWith(answer.Headers.GetValues("fairlead-server-group"));
        }

        if (groups.Count != 2)
            throw new BenchException($"{SplitProbes} requests were answered by {string.Join(", ", groups)} alone; expected two server groups.");
        ServerGroups = [.. groups.Order(StringComparer.Ordinal)];
    }

    private async Task<bool> TryInferAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await PostAsync(cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<HttpResponseMessage> PostAsync(CancellationToken cancellationToken)
    {
        using var content = new StringContent(options.Workload.Body.Trim());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return await http.PostAsync(InferUrl(options.Workload.Service), content, cancellationToken);
    }

    private async Task OrderAsync<T>(string what, T order, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync(ControlUrl($"/api/environments/{Environment}/{what}"), order, cancellationToken);
        if (!answer.IsSuccessStatusCode)
            throw new BenchException($"The control plane answered {(int)answer.StatusCode} to '{what}': {await answer.Content.ReadAsStringAsync(cancellationToken)}");
    }
}
