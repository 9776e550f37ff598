using System.Net;
using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Problems;
using Fairlead.Inference;
using Fairlead.Serving.Predicting;
using Fairlead.Serving.Requests;
using Fairlead.Serving.Routing;
using Fairlead.Serving.States;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Fairlead.Serving;

/// <summary>
/// The data plane: listens, routes, splits, infers in this process and captures. It serves the last desired state that it was given,
/// by the control plane or by its own disk. The capture log, the store and the runtime belong to the caller.
/// </summary>
public sealed class HostServer : IAsyncDisposable
{
    private readonly HostOptions options;
    private readonly KestrelServer server;
    private readonly HostApplication application;
    private readonly DesiredStateApplier applier;
    private readonly HostStatus status;
    private readonly ControlPlane? control;
    private readonly DesiredStateClient? client;
    private readonly HostReporter? reporter;
    private readonly CancellationTokenSource stop = new();
    private Task loops = Task.CompletedTask;

    /// <exception cref="FairleadException">Invalid: the options contradict one another.</exception>
    public HostServer(HostOptions options, IModelRuntime runtime, ICaptureLog log, IArtifactStore store, TimeProvider time, ILoggerFactory loggers)
    {
        options.Validate();
        this.options = options;
        var logger = loggers.CreateLogger<HostServer>();
        var routes = new RouteSource();
        var counters = new HostCounters();
        Sessions = new SessionPool(runtime, store);
        applier = new DesiredStateApplier(Sessions, routes, new DesiredStateFile(options.StateFolder.Host, logger), logger);
        status = new HostStatus(applier, counters, log, time);
        application = new HostApplication(
            new RequestGuard(options.Token),
            new InferHandler(routes, new Predictor(routes, log, counters, time, logger), options, time),
            new MetadataHandler(routes),
            status,
            logger);
        server = CreateServer(options, loggers);
        if (options.ControlUrl is null)
            return;
        control = new ControlPlane(options.ControlUrl, options.Token);
        reporter = new HostReporter(control, status, time, logger);
        client = new DesiredStateClient(control, applier, reporter, time, logger);
    }

    /// <summary>What the host says of itself now.</summary>
    public HostReport Report => status.Report();

    internal SessionPool Sessions { get; }

    /// <summary>Applies the desired state that the disk keeps, then listens, then begins to ask the control plane.</summary>
    /// <exception cref="FairleadException">Conflict: the port is in use.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await applier.ApplyKeptAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await server.StartAsync(application, cancellationToken).ConfigureAwait(false);
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            throw new FairleadException(ProblemKind.Conflict, $"Port {options.Port} is in use by another program; stop it, or choose another port with '--host-port'.", e);
        }

        var port = new Uri(server.Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        status.Url = options.IsLoopback ? $"http://{HostOptions.LocalHost}:{port}" : $"http://{new IPEndPoint(options.IpAddress, port)}";
        if (client is not null && reporter is not null)
            loops = Task.WhenAll(RunAsync(client.RunAsync), RunAsync(reporter.RunAsync));
    }

    /// <summary>Takes no new connection, and lets the requests that are under way finish until the token is cancelled.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await stop.CancelAsync().ConfigureAwait(false);
        await loops.ConfigureAwait(false);
        await server.StopAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Brings the host to a desired state, as a whole or not at all; the report says which.</summary>
    public async Task<HostReport> ApplyAsync(DesiredState state, CancellationToken cancellationToken)
    {
        await applier.ApplyAsync(state, cancellationToken).ConfigureAwait(false);
        return Report;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(new CancellationToken(canceled: true)).ConfigureAwait(false);
        server.Dispose();
        control?.Dispose();
        applier.Dispose();
        stop.Dispose();
    }

    private static KestrelServer CreateServer(HostOptions options, ILoggerFactory loggers)
    {
        var kestrel = new KestrelServerOptions { AddServerHeader = false };

        // The handler limits bodies itself, so that the answer says how long they may be.
        kestrel.Limits.MaxRequestBodySize = null;
        if (options is { Address: HostOptions.LocalHost, Port: > 0 })
            kestrel.ListenLocalhost(options.Port, Configure);
        else
            kestrel.Listen(options.IpAddress, options.Port, Configure);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers);
        return new KestrelServer(Options.Create(kestrel), transport, loggers);

        static void Configure(ListenOptions listen) => listen.Protocols = HttpProtocols.Http1;
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
