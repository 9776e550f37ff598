using System.Security.Cryptography;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Scheduling;
using Fairlead.Identity.Links;
using Fairlead.Notices.Outbox;
using Fairlead.Pipelines.Activities;
using Fairlead.Pipelines.Driving;
using Fairlead.Pipelines.Judgments;
using Fairlead.Pipelines.Stages;
using Fairlead.Predictions.Query;
using Fairlead.Roles.Evidence;
using Fairlead.Roles.Stages;
using Fairlead.Steps.Workspace;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fairlead.Roles;

/// <summary>Puts together what pipelines need of the other rooms, and keeps them going.</summary>
internal sealed class PipelineRoom : IAsyncDisposable
{
    private const int SecretBytes = 32;
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(30);
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = CallLimit };
    private readonly HttpClient asking = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = Timeout.InfiniteTimeSpan };
    private readonly CancellationTokenSource ending = new();
    private readonly CallbackTokens tokens;
    private Task running = Task.CompletedTask;

    public PipelineRoom(ControlRooms rooms, StateFolder state, Uri url, HostAccess host, TimeProvider time, ILoggerFactory loggers)
    {
        tokens = new CallbackTokens(Secret(Path.Combine(state.Control, "callback.key")));
        Links = new JudgmentLinks(url, Secret(Path.Combine(state.Control, "judgment.key")), time);
        var standard = StandardActivities.Create(
            rooms.Expressions,
            EvidenceSources.Create(rooms),
            new StageNotices(rooms.Notices.Outbox, time),
            new SandboxedScripts(state, rooms.Workspace, rooms.Checkouts, rooms.Store, time),
            rooms.Rollouts,
            new ServerGroupChanges(rooms.ServerGroups, rooms.Deployer, rooms.Catalog.ServerGroups),
            new DeployGate(rooms.Workspace, time),
            new WebhookOptions(url, tokens, Environment.GetEnvironmentVariable),
            host,
            http,
            asking,
            time,
            loggers);
        var rows = new StageRows(rooms.Workspace, rooms.Checkouts, rooms.Steps, rooms.Store, rooms.Catalog.ServerGroups, new PredictionQuery(rooms.Predictions));
        Engine = new PipelineEngine(
            rooms.Catalog.Executions,
            rooms.Workspace,
            [
                .. standard,
                new GrpcCheckActivity(host, time),
                new GoldenActivity(rows, host),
                new LoadActivity(rows, host, time),
                new StepsActivity(rooms.Steps, rooms.Checkouts),
                new ReleaseActivity(rooms.Releases, rooms.Steps, rooms.Store, rooms.Checkouts),
                new CanaryBeginActivity(rooms.Workspace, rooms.Catalog.ServerGroups),
                new CanaryLookActivity(rooms.Canaries.Desk),
                new ReplayActivity(rooms.Replay, rooms.Workspace, new PredictionQuery(rooms.Predictions)),
            ],
            StageCatalog.Standard,
            // This process holds the lock of the project's only control plane: whoever drove executions before is no more.
            new PipelineEngineOptions { Owner = $"process {Environment.ProcessId}, {Guid.CreateVersion7(time.GetUtcNow())}", IsGone = _ => true, Commits = rooms.Checkouts, Analysis = rooms.Canaries.Rollouts },
            time,
            loggers.CreateLogger<PipelineEngine>());
        Judgments = new JudgmentDesk(Engine, rooms.Catalog.Executions);
    }

    public PipelineEngine Engine { get; }

    public JudgmentDesk Judgments { get; }

    /// <summary>Signed links by which people judge.</summary>
    public JudgmentLinks Links { get; }

    /// <summary>Makes them known to the endpoints.</summary>
    public void AddTo(IServiceCollection services)
    {
        services.AddSingleton(Engine);
        services.AddSingleton(tokens);
        services.AddSingleton(Judgments);
        services.AddSingleton(Links);
        services.AddSingleton<IJudgmentLinks>(Links);
    }

    /// <summary>Goes on with what an earlier control plane left; to be called once the other rooms have cleaned up after it.</summary>
    public void Begin() => running = Engine.RunAsync(ending.Token);

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await running;
        ending.Dispose();
        await Engine.DisposeAsync();
        http.Dispose();
        asking.Dispose();
    }

    private static byte[] Secret(string path)
    {
        if (File.Exists(path) && File.ReadAllBytes(path) is { Length: SecretBytes } known)
            return known;
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var made = RandomNumberGenerator.GetBytes(SecretBytes);
        var draft = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new FileStream(draft, options))
        {
            file.Write(made);
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path, overwrite: true);
        return made;
    }
}
