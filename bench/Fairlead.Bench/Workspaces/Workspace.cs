using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Fairlead.Bench.Processes;

namespace Fairlead.Bench.Workspaces;

/// <summary>A project with its control plane and host, driven by the program under test as a person would drive it.</summary>
internal sealed class Workspace : IAsyncDisposable
{
    public static readonly IReadOnlyDictionary<string, string> NoVariables = new Dictionary<string, string>();
    private const string Environment = "prod";
    private const int SplitProbes = 500;
    private static readonly TimeSpan ProbePause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);

    private readonly BenchOptions options;
    private readonly string folder;
    private readonly IReadOnlyDictionary<string, string> variables;
    private readonly TimeProvider time;
    private readonly int port = FreePort.Next();
    private readonly int hostPort = FreePort.Next();
    private readonly HttpClient http = new(new SocketsHttpHandler { UseProxy = false });

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

    /// <summary>Leaves a workspace that is up and splits production 90 to 10 between two releases.</summary>
    /// <param name="variables">Environment variables for the program under test.</param>
    public static async Task<Workspace> CreateAsync(
        BenchOptions options, string folder, IReadOnlyDictionary<string, string> variables, TimeProvider time, CancellationToken cancellationToken)
    {
        var workspace = new Workspace(options, folder, variables, time);
        try
        {
            await workspace.PrepareAsync(cancellationToken);
            return workspace;
        }
        catch
        {
            await workspace.DisposeAsync();
            throw;
        }
    }

    public Uri InferUrl(string service) => new($"http://127.0.0.1:{hostPort}/environments/{Environment}/v2/models/{service}/infer");

    public Task UpAsync(CancellationToken cancellationToken) => FairleadAsync(["up", "--port", $"{port}", "--host-port", $"{hostPort}"], cancellationToken);

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

    /// <summary>Process ids of control plane and host.</summary>
    public async Task<IReadOnlyList<int>> ProcessesAsync(CancellationToken cancellationToken)
    {
        using var status = JsonDocument.Parse(await FairleadAsync(["status", "--format", "json"], cancellationToken));
        return status.RootElement.TryGetProperty("host", out var host)
            ? [status.RootElement.GetProperty("controlProcessId").GetInt32(), host.GetProperty("processId").GetInt32()]
            : throw new BenchException("The control plane has not heard of its host.");
    }

    public async Task<HostCounters> CountersAsync(CancellationToken cancellationToken) =>
        JsonSerializer.Deserialize(await http.GetStringAsync($"http://127.0.0.1:{hostPort}/fairlead/status", cancellationToken), WorkspaceJson.Default.HostCounters)!;

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
        await project.CreateAsync(options.Root, workload, cancellationToken);
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

    private Task<string> FairleadAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken) =>
        Command.RunAsync(options.Fairlead, arguments, folder, variables, cancellationToken);
}
