using System.Diagnostics;
using System.Net;
using Fairlead.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Predictions;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;
using Fairlead.Platforms.Local.Instances;
using Fairlead.Serving.Forwarding;
using Fairlead.Serving.Instances;
using Fairlead.Serving.Listening;
using Fairlead.Serving.Predicting;
using Fairlead.Serving.Requests;
using Fairlead.Serving.Routing;
using Fairlead.Serving.Telemetry;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Serving.Tests.Forwarding;

/// <summary>The host's own listeners, forwarding everything below <c>/services/echo</c>, and gRPC, to real instances of a program.</summary>
internal sealed class ForwardHost : IHttpApplication<IFeatureCollection>, IAsyncDisposable
{
    private const string Prefix = "/services/echo";
    private readonly string root = Directory.CreateTempSubdirectory("fairlead-forward-").FullName;
    private readonly RisingClock clock = new(TimeProvider.System);
    private readonly LocalArtifactStore store;
    private readonly ForwardHandler handler;
    private readonly ServerFactory factory;
    private readonly KestrelServer server;
    private GroupLife? life;
    private LiveServerGroup? group;

    private ForwardHost(InstancePolicy policy, HostTransport? transport)
    {
        var state = new StateFolder(root);
        store = LocalArtifactStore.Open(state.Store, TimeProvider.System);
        Pool = new InstancePool(new LocalInstancePlatform(state, store, TimeProvider.System, NullLoggerFactory.Instance), policy, TimeProvider.System, NullLogger.Instance);
        handler = new ForwardHandler(Log, new HostCounters(), TimeProvider.System, hidesAuthorization: true, NullLogger.Instance);
        factory = new ServerFactory(new HostOptions { StateFolder = state, Transport = transport }, TimeProvider.System, NullLoggerFactory.Instance);
        server = factory.Create(0);
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AutomaticDecompression = DecompressionMethods.None }) { Timeout = TimeSpan.FromSeconds(60) };
    }

    public MemoryLog Log { get; } = new();

    public InstancePool Pool { get; }

    public HttpClient Client { get; }

    public int Port { get; private set; }

    /// <summary>Requests that have their turn now.</summary>
    public int UnderWay => group!.Admission.UnderWay;

    public InstanceSet Instances => ((CommandWork)life!.Work).Instances;

    /// <param name="transport">How connections are served; null for what the tests of this run use.</param>
    public static async Task<ForwardHost> StartAsync(
        ServiceProtocol protocol = ServiceProtocol.Http,
        int instances = 1,
        ServingLimits? limits = null,
        CaptureDurability durability = CaptureDurability.Relaxed,
        InstancePolicy? policy = null,
        HostTransport? transport = null)
    {
        var host = new ForwardHost(policy ?? InstancePolicy.Default with { FirstPause = TimeSpan.FromMilliseconds(20) }, transport);
        var source = Path.Combine(host.root, "source");
        Directory.CreateDirectory(source);
        foreach (var (name, content) in Programs.Files)
            await File.WriteAllTextAsync(Path.Combine(source, name), content);
        var desired = new DesiredServerGroup
        {
            Name = new ServerGroupName("echo", "prod", 1),
            Release = new ReleaseName(1),
            Configuration = Fairlead.Domain.Artifacts.Digest.Of("{}"u8),
            Weight = new Weight(Weight.Whole),
            Service = new ReleasedService
            {
                Name = "echo",
                Limits = limits ?? ServingLimits.Default,
                Durability = durability,
                Command = new ReleasedCommand
                {
                    Command = protocol == ServiceProtocol.Http ? Programs.HttpCommand : Programs.GrpcCommand,
                    Code = await host.store.PutAsync(source, TestContext.Current.CancellationToken),
                    Protocol = protocol,
                    Health = new HealthCheck { Interval = TimeSpan.FromMilliseconds(100) },
                    Settings = new CommandSettings { Instances = instances, StopTimeout = TimeSpan.FromSeconds(2) },
                },
            },
        };
        host.life = new GroupLife(desired, new GroupMetrics(TimeProvider.System), new CommandWork(desired, host.Pool, host.store, null));
        await host.life.Ready;
        host.group = new LiveServerGroup(desired, host.life);
        await host.server.StartAsync(host, TestContext.Current.CancellationToken);
        host.Port = new Uri(host.server.Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
        host.Client.BaseAddress = new Uri($"http://127.0.0.1:{host.Port}{Prefix}/");
        return host;
    }

    public Task<string> GetAsync(string path) => Client.GetStringAsync(path, TestContext.Current.CancellationToken);

    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, HttpCompletionOption completion = HttpCompletionOption.ResponseContentRead) =>
        Client.SendAsync(request, completion, TestContext.Current.CancellationToken);

    /// <summary>Kills the program of one of the instances, as the machine would.</summary>
    public async Task KillAsync()
    {
        var label = Pool.Report().First(report => report.Label.Length > 0).Label;
        using var kill = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", $"kill -s KILL -- -{label}"]))!;
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async Task WaitForRecordsAsync(int count)
    {
        while (Log.Records.Count < count)
            await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System, TestContext.Current.CancellationToken);
    }

    public IFeatureCollection CreateContext(IFeatureCollection contextFeatures) => contextFeatures;

    public void DisposeContext(IFeatureCollection context, Exception? exception)
    {
        // The features are the server's own.
    }

    public Task ProcessRequestAsync(IFeatureCollection context)
    {
        var exchange = new Exchange(context);
        var isGrpc = exchange.RequestHeaders.ContentType.ToString().StartsWith("application/grpc", StringComparison.Ordinal);
        var arrival = new Arrival(clock);
        var path = isGrpc ? exchange.Path : exchange.Path[Prefix.Length..];
        return handler.HandleAsync(exchange, new ForwardTarget(group!, path, isGrpc, arrival, PredictionId.Create(TimeProvider.System)));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await server.StopAsync(new CancellationToken(canceled: true));
        server.Dispose();
        await Pool.DisposeAsync();
        factory.Dispose();
        store.Dispose();
        Directory.Delete(root, recursive: true);
    }
}
