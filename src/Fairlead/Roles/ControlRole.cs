using Fairlead.Client;
using Fairlead.Delivery.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Projects;
using Fairlead.Monitoring.Drift.Watching;
using Fairlead.Monitoring.Experiments;
using Fairlead.Platforms.Local;
using Fairlead.Predictions.Compaction;
using Fairlead.Web;
using Fairlead.Web.Endpoints;
using Fairlead.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Fairlead.Roles;

/// <summary>Puts the control plane together and runs it until it is stopped; the host that it supervises goes on.</summary>
internal static class ControlRole
{
    private static readonly TimeSpan StopTime = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(StateFolder state, RoleOptions options, string? token, TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await SuperviseAsync(state, options, token, time, cancellationToken);
        }
        catch (FairleadException e)
        {
            StartFailure.Write(state, e);
            throw;
        }
    }

    private static async Task SuperviseAsync(StateFolder state, RoleOptions options, string? token, TimeProvider time, CancellationToken cancellationToken)
    {
        ControlProcess.RequireSafeAddress(options);
        var self = ProcessHandle.Of(Environment.ProcessId) ?? throw new InvalidOperationException("This process is not alive.");
        using var instance = await SingleInstanceLock.AcquireAsync(ControlProcess.LockFile(state), $"process {self.Id}, {options.ControlUrl}", time, cancellationToken);
        using var loggers = LoggerFactory.Create(logging => logging.Configure());
        using var background = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);

        var earlierHost = HostRecord.FindAlive(state);
        // First of all, since the host takes longest to be ready.
        using var supervisor = new HostSupervisor(HostLaunchFor(state, options), state, new HostSupervisorOptions(), time, loggers);
        var supervising = supervisor.RunAsync(background.Token);
        var isReady = false;
        try
        {
            await ServeAsync(state, options, token, self, supervisor, () => isReady = true, time, loggers, cancellationToken);
        }
        finally
        {
            await background.CancelAsync();
            await supervising;
            // A host that was begun for a control plane that never was ready is of no use to anyone.
            if (!isReady && HostRecord.FindAlive(state) is { } host && host != earlierHost)
                await supervisor.StopAsync(CancellationToken.None);
        }
    }

    private static async Task ServeAsync(
        StateFolder state, RoleOptions options, string? token, ProcessHandle self, HostSupervisor supervisor, Action ready, TimeProvider time, ILoggerFactory loggers, CancellationToken cancellationToken)
    {
        await using var rooms = ControlRooms.Open(state, options, time, loggers);
        await using var app = Build(rooms, options, token, self, time, loggers);
        await StartAsync(app, options, cancellationToken);
        rooms.Checkouts.Recover();
        await rooms.Steps.RecoverAsync(cancellationToken);
        await rooms.Sweeps.RecoverAsync(cancellationToken);
        await rooms.Deployer.RecoverAsync(cancellationToken);
        await rooms.Replay.RecoverAsync(cancellationToken);
        rooms.Pipelines.Begin();
        rooms.Triggers.Begin();
        await supervisor.WaitUntilHealthyAsync(cancellationToken);
        EndpointFile.Write(state, new Endpoint(options.ControlUrl, options.HostUrl, self.Id, self.StartTicks));
        ready();
        await WaitForEndAsync(time, cancellationToken);

        using var limit = new CancellationTokenSource(StopTime, time);
        await app.StopAsync(limit.Token);
    }

    private static HostLaunch HostLaunchFor(StateFolder state, RoleOptions options) => new()
    {
        FileName = SelfCommand.FileName,
        Arguments = [.. SelfCommand.LeadingArguments, "host", "--project", state.ProjectRoot, .. options.ToArguments()],
        LogFile = Path.Combine(state.Host, "host.log"),
        Url = options.HostUrl,
    };

    private static WebApplication Build(ControlRooms rooms, RoleOptions options, string? token, ProcessHandle self, TimeProvider time, ILoggerFactory loggers)
    {
        // Settings files are not read: one that lies in the project is of the project's own programs, and to follow it would be to watch every folder of the project.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory, Args = ["--hostBuilder:reloadConfigOnChange=false"] });
        builder.Configuration.Sources.Clear();
        builder.Logging.Configure();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            if (options.ListenAddress == RoleOptions.DefaultAddress)
                kestrel.ListenLocalhost(options.ControlPort);
            else
                kestrel.Listen(options.IpAddress, options.ControlPort);
        });
        builder.Services.AddSingleton(time);
        builder.Services.AddSingleton(loggers);
        builder.Services.AddSingleton(new WebOptions(token));
        builder.Services.AddSingleton(new ControlIdentity(options.ControlUrl, options.HostUrl, self.Id));
        builder.Services.AddSingleton(new ProjectFileDocument(ProjectFile.ProjectFileSchema.Json()));
        rooms.AddTo(builder.Services);
        builder.Services.AddHostedService(_ => new DriftLoop(rooms.Drift.Watch, time, loggers.CreateLogger<DriftLoop>()));
        builder.Services.AddHostedService(_ => new GroupCleaning(rooms.ServerGroups, time, loggers.CreateLogger<GroupCleaning>()));
        builder.Services.AddHostedService(_ => new ExperimentLoop(rooms.Experiments, time, loggers.CreateLogger<ExperimentLoop>()));
        builder.Services.AddHostedService(_ => rooms.Verification.Nightly);
        builder.Services.AddHostedService(_ => new CompactionLoop(rooms.Compactor, time, loggers.CreateLogger<CompactionLoop>()));
        builder.Services.AddFairleadWeb();
        var app = builder.Build();
        app.UseFairleadWeb();
        return app;
    }

    private static async Task StartAsync(WebApplication app, RoleOptions options, CancellationToken cancellationToken)
    {
        try
        {
            await app.StartAsync(cancellationToken);
        }
        catch (IOException e)
        {
            throw new FairleadException(ProblemKind.Conflict, $"Port '{options.ControlPort}' is in use by another program; stop it, or choose another by '--port'.", e);
        }
    }

    private static async Task WaitForEndAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The expected end.
        }
    }
}
