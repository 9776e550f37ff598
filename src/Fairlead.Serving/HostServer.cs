using System.Net;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Contracts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Instances;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Inference;
using Fairlead.Serving.Capturing;
using Fairlead.Serving.Describing;
using Fairlead.Serving.Instances;
using Fairlead.Serving.Listening;
using Fairlead.Serving.Predicting;
using Fairlead.Serving.Requests;
using Fairlead.Serving.Routing;
using Fairlead.Serving.Sessions;
using Fairlead.Serving.Shadows;
using Fairlead.Serving.States;
using Fairlead.Serving.Telemetry.Export;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Fairlead.Serving;

/// <summary>
/// The data plane: listens, routes, splits, infers in this process and captures. It serves the last desired state that it was given,
/// by the control plane or by its own disk. The capture log, the store and the runtime belong to the caller.
/// </summary>
public sealed class HostServer : IAsyncDisposable
{
    private static readonly TimeSpan ShadowPatience = TimeSpan.FromSeconds(2);
    private readonly HostOptions options;
    private readonly TimeProvider time;
    private readonly ServerFactory servers;
    private readonly KestrelServer server;
    private readonly HostHandlers handlers;
    private readonly PortListeners ports;
    private readonly DesiredStateApplier applier;
    private readonly InstancePool? instances;
    private readonly HostStatus status;
    private readonly RepositoryDirectory repository = new();
    private readonly ILogger logger;
    private readonly ControlPlane? control;
    private readonly DesiredStateClient? client;
    private readonly HostReporter? reporter;
    private readonly ShadowGate shadows = new();
    private readonly HostMeter? meter;
    private readonly OtlpExport? export;
    private readonly CancellationTokenSource stop = new();
    private Task loops = Task.CompletedTask;

    /// <param name="platform">Where the programs of command services run; null for a host that runs none.</param>
    /// <param name="readers">Reads the messages of contracts for the capture log; null records them as they are.</param>
    /// <exception cref="FairleadException">Invalid: the options contradict one another.</exception>
    public HostServer(
        HostOptions options,
        IModelRuntime runtime,
        ICaptureLog log,
        IArtifactStore store,
        TimeProvider time,
        ILoggerFactory loggers,
        IInstancePlatform? platform = null,
        IPayloadReaders? readers = null)
    {
        options.Validate();
        this.options = options;
        this.time = time;
        logger = loggers.CreateLogger<HostServer>();
        servers = new ServerFactory(options, time, loggers);
        server = servers.Create(options.Port);
        Routes = new RouteSource();
        Sessions = new SessionPool(runtime, store, options.ModelMemory, time);
        ports = new PortListeners(OpenAsync, options.ExtraPorts, time, logger);
        instances = platform is null ? null : new InstancePool(platform, InstancePolicy.Default, time, logger);
        if (instances is not null)
            instances.Changed += Routes.Announce;
        var telemetry = new OtlpSettings(options.TelemetryVariables);
        meter = telemetry.HasMetrics ? new HostMeter(Routes, () => Report) : null;
        applier = new DesiredStateApplier(new GroupFactory(Sessions, instances, store, readers, meter, new CaptureKeyFile(options.StateFolder), time), Routes, new DesiredStateFile(options.StateFolder.Host, logger), ports, logger);
        var counters = new HostCounters();
        status = new HostStatus(applier, Routes, ports, instances, counters, log, time);
        handlers = HandlersFactory.Create(options, Routes, Sessions, repository, status, counters, shadows, telemetry.HasTraces, servers.Loops, log, time, logger);
        export = OtlpExport.Start(telemetry);
        if (options.ControlUrl is null)
            return;
        control = new ControlPlane(options.ControlUrl, options.Token);
        reporter = new HostReporter(control, status, time, logger);
        client = new DesiredStateClient(control, applier, time, logger);
        applier.Changed += reporter.Hurry;
        if (instances is not null)
            instances.Changed += reporter.Hurry;
    }

    /// <summary>What the host says of itself now.</summary>
    public HostReport Report => status.Report();

    /// <summary>Lets clients load and unload models by themselves; null, as it is at first, refuses that. To be set before the start.</summary>
    public IModelRepository? Repository
    {
        get => repository.Repository;
        set => repository.Repository = value;
    }

    internal SessionPool Sessions { get; }

    internal RouteSource Routes { get; }

    /// <summary>Applies the desired state that the disk keeps, then listens, then begins to ask the control plane.</summary>
    /// <exception cref="FairleadException">Conflict: the port is in use.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await applier.ApplyKeptAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await server.StartAsync(new HostApplication(handlers, ListeningPort.First, logger), cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new FairleadException(ProblemKind.Conflict, $"Port {options.Port} is in use by another program; stop it, or choose another port with '--host-port'.", e);
        }

        var port = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        status.Url = options.IsLoopback ? $"http://{HostOptions.LocalHost}:{port}" : $"http://{new IPEndPoint(options.IpAddress, port)}";
        await ports.MatchAsync(Routes.Current.Ports).ConfigureAwait(false);
        if (client is not null && reporter is not null)
            loops = Task.WhenAll(RunAsync(client.RunAsync), RunAsync(reporter.RunAsync));
    }

    /// <summary>Takes no new connection, lets the requests that are under way finish until the token is cancelled, and ends the instances.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await loops.ConfigureAwait(false);
        await Task.WhenAll(server.StopAsync(cancellationToken), ports.StopAsync(cancellationToken)).ConfigureAwait(false);
        await shadows.CloseAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        if (instances is not null)
            await instances.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Brings the host to a desired state, as a whole or not at all; the report says which. Returns when the server groups without
    /// traffic are ready as well, or have failed.
    /// </summary>
    public async Task<HostReport> ApplyAsync(DesiredState state, CancellationToken cancellationToken)
    {
        await applier.ApplyAsync(state, cancellationToken).ConfigureAwait(false);
        await applier.SettleAsync(cancellationToken).ConfigureAwait(false);
        return Report;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);

        // What runs in a model still needs it.
        using (var patience = new CancellationTokenSource(ShadowPatience, time))
            await shadows.CloseAsync(patience.Token).ConfigureAwait(false);
        export?.Dispose();
        server.Dispose();
        await ports.DisposeAsync().ConfigureAwait(false);
        control?.Dispose();
        applier.Dispose();

        // What the last table holds goes as it goes with any other.
        Routes.Replace(new RouteTable(0, [], [], () => { }));
        if (instances is not null)
            await instances.DisposeAsync().ConfigureAwait(false);
        servers.Dispose();
        meter?.Dispose();
        stop.Dispose();
    }

    /// <summary>Completes when no server group is pending any more.</summary>
    internal Task SettleAsync(CancellationToken cancellationToken) => applier.SettleAsync(cancellationToken);

    private async Task<KestrelServer> OpenAsync(int port, CancellationToken cancellationToken)
    {
        var extra = servers.Create(port);
        try
        {
            await extra.StartAsync(new HostApplication(handlers, new ListeningPort(port, options.ExtraPorts.Contains(port)), logger), cancellationToken).ConfigureAwait(false);
            return extra;
        }
        catch
        {
            extra.Dispose();
            throw;
        }
    }

    private async Task RunAsync(Func<CancellationToken, Task> loop)
    {
        try
        {
            await loop(stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The end.
        }
    }
}
