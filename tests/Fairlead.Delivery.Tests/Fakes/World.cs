using Fairlead.Delivery.Deployments;
using Fairlead.Delivery.Environments;
using Fairlead.Delivery.Hosts;
using Fairlead.Delivery.Rollouts;
using Fairlead.Delivery.States;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Records;
using Fairlead.Domain.Releases;
using Microsoft.Extensions.Logging.Abstractions;

namespace Fairlead.Delivery.Tests.Fakes;

/// <summary>A control plane over fakes of the seams, with a host that can come and go.</summary>
internal sealed class World : IAsyncDisposable
{
    private readonly List<IAsyncDisposable> hosts = [];
    private readonly List<RolloutDesk> desks = [];
    private readonly List<IDisposable> old = [];

    public World(params string[] services)
        : this(new FakeReleaseCatalog(), new FakeServerGroupCatalog(), new FakeRecordCatalog(), services)
    {
    }

    public World(IReleaseCatalog releases, IServerGroupCatalog groups, IRecordCatalog records, params string[] services)
    {
        Releases = releases;
        Groups = groups;
        Records = records;
        ServiceNames = services.Length == 0 ? ["late"] : services;
        Workspace = new FakeWorkspace(Samples.Project(ServiceNames, "stage", "prod"));
        Start();
    }

    public string[] ServiceNames { get; }

    public ManualTime Time { get; } = new();

    public FolderStore Store { get; } = new();

    public FakeSecrets Secrets { get; } = new();

    public EnvironmentDesk Environments => new(Workspace, Releases, Groups, new EnvironmentConfigurations(Store, Secrets), Time);

    public FakeWorkspace Workspace { get; }

    public IReleaseCatalog Releases { get; }

    public IServerGroupCatalog Groups { get; }

    public IRecordCatalog Records { get; }

    public DesiredStates States { get; private set; } = null!;

    public HostReports Reports { get; private set; } = null!;

    public RolloutDesk Rollouts { get; private set; } = null!;

    public Deployer Deployer { get; private set; } = null!;

    public ServerGroupDesk Desk { get; private set; } = null!;

    /// <summary>Asked at each weight of a canary, by the next control plane.</summary>
    public IRolloutAnalysis? Analysis { get; set; }

    /// <summary>Of all deployments together.</summary>
    public List<DeployEvent> Events { get; } = [];

    /// <summary>The control plane is gone and another one starts over the same records.</summary>
    public async Task RestartAsync()
    {
        foreach (var desk in desks)
            await desk.DisposeAsync();
        desks.Clear();
        Start();
    }

    public FakeHost StartHost(string url = "http://localhost:7071")
    {
        var host = new FakeHost(Time, url);
        hosts.Add(host);
        host.Connect(States, Reports);
        return host;
    }

    public Task<Release> ReleaseAsync(params string[] services) =>
        Releases.AddAsync(name => Samples.Release(name, services.Length == 0 ? ServiceNames : services), CancellationToken.None);

    /// <summary>Deploys, a second later than what was before.</summary>
    public Task<Deployment> DeployAsync(
        int? release = null, string environment = "prod", int percent = 100, string[]? services = null, CancellationToken cancellationToken = default)
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        var order = new DeployOrder
        {
            Environment = environment,
            Release = release is { } number ? new ReleaseName(number) : null,
            Services = services ?? [],
            Weight = new Weight(percent * 100),
            User = "ada",
        };
        return Deployer.DeployAsync(order, Record, cancellationToken);
    }

    public Task<Deployment> RollBackAsync(string environment = "prod", string? service = null)
    {
        Time.Advance(TimeSpan.FromSeconds(1));
        return Deployer.RollBackAsync(environment, service, "bob", CancellationToken.None);
    }

    public async Task<ServerGroup> GroupAsync(string name) =>
        await Groups.FindAsync(ServerGroupName.Parse(name), CancellationToken.None) ?? throw new InvalidOperationException($"no group {name}");

    public async Task<string> StatusesAsync(string environment = "prod")
    {
        var groups = await Groups.ListAsync(environment, null, CancellationToken.None);
        return string.Join(" ", groups.OrderBy(group => group.Name.ToString(), StringComparer.Ordinal).Select(Describe));
    }

    /// <summary>Every host says that it is there.</summary>
    public void BeatAll()
    {
        foreach (var host in hosts.OfType<FakeHost>())
            host.Beat();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var desk in desks)
            await desk.DisposeAsync();
        foreach (var host in hosts)
            await host.DisposeAsync();
        old.ForEach(states => states.Dispose());
        Store.Dispose();
    }

    private void Start()
    {
        States = new DesiredStates(Groups, Workspace, Time, NullLogger<DesiredStates>.Instance);
        old.Add(States);
        Reports = new HostReports(Time, NullLogger<HostReports>.Instance);
        Rollouts = new RolloutDesk(Releases, Groups, Records, States, Reports, new EnvironmentConfigurations(Store, Secrets), Time, NullLogger<RolloutDesk>.Instance, Analysis);
        desks.Add(Rollouts);
        Deployer = new Deployer(Releases, Groups, States, Rollouts, Time, NullLogger<Deployer>.Instance);
        Desk = new ServerGroupDesk(Groups, States, Rollouts, Time, NullLogger<ServerGroupDesk>.Instance);
    }

    private void Record(DeployEvent deployEvent)
    {
        lock (Events)
            Events.Add(deployEvent);
    }

    private static string Describe(ServerGroup group)
    {
        var number = $"{group.Name.Service}{group.Name.Number}";
        return group.Status == ServerGroupStatus.Enabled ? $"{number}:{group.Weight}" : $"{number}:{group.Status.ToString().ToLowerInvariant()}";
    }
}
