using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Models;
using Fairlead.Domain.Releases;

namespace Fairlead.Monitoring.Tests.Experiments;

/// <summary>Server groups of one service, and what experiments do to them.</summary>
internal sealed class TrafficWorld(TimeProvider time) : IServerGroupCatalog, IExperimentTraffic
{
    public List<ServerGroup> Groups { get; } =
    [
        Group(1, ServerGroupStatus.Enabled, Weight.All),
        Group(2, ServerGroupStatus.Disabled, Weight.None),
        Group(3, ServerGroupStatus.Disabled, Weight.None),
        Group(4, ServerGroupStatus.Destroyed, Weight.None),
    ];

    /// <summary>Thrown once by the next beginning, after it took effect.</summary>
    public Exception? Failure { get; set; }

    public Task BeginAsync(string environment, string service, string experiment, IReadOnlyDictionary<ServerGroupName, Weight> arms, string user, CancellationToken cancellationToken)
    {
        Set(arms, experiment);
        if (Failure is { } failure)
        {
            Failure = null;
            throw failure;
        }

        return Task.CompletedTask;
    }

    public Task EndAsync(string environment, string service, string experiment, ServerGroupName kept, string user, CancellationToken cancellationToken)
    {
        if (Groups.Any(group => group.Experiment == experiment))
            Set(new Dictionary<ServerGroupName, Weight> { [kept] = Weight.All }, null);
        return Task.CompletedTask;
    }

    public void RollBack() => Set(new Dictionary<ServerGroupName, Weight> { [Groups[0].Name] = Weight.All }, null);

    public Task<IReadOnlyList<ServerGroup>> ListAsync(string? environment, string? service, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ServerGroup>>([.. Groups.Where(group => (environment is null || group.Name.Environment == environment) && (service is null || group.Name.Service == service))]);

    public Task<IReadOnlyList<ServerGroup>> AddAsync(IReadOnlyList<(string Service, string Environment, Func<ServerGroupName, ServerGroup> Create)> groups, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<DesiredState> UpdateAsync(IReadOnlyList<ServerGroup> changed, Func<long, IReadOnlyList<ServerGroup>, DesiredState> publish, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public Task<ServerGroup?> FindAsync(ServerGroupName name, CancellationToken cancellationToken) => Task.FromResult(Groups.Find(group => group.Name == name));

    public Task<DesiredState?> FindDesiredStateAsync(CancellationToken cancellationToken) => Task.FromResult<DesiredState?>(null);

    private void Set(IReadOnlyDictionary<ServerGroupName, Weight> weights, string? experiment)
    {
        for (var i = 0; i < Groups.Count; i++)
        {
            var weight = weights.GetValueOrDefault(Groups[i].Name);
            var wasEnabled = Groups[i].Status == ServerGroupStatus.Enabled;
            if (weight == Weight.None && !wasEnabled)
                continue;
            Groups[i] = Groups[i] with
            {
                Status = weight == Weight.None ? ServerGroupStatus.Disabled : ServerGroupStatus.Enabled,
                Weight = weight,
                Experiment = weight == Weight.None ? null : experiment,
                EnabledBy = "eve",
                DisabledAt = weight == Weight.None ? time.GetUtcNow() : Groups[i].DisabledAt,
            };
        }
    }

    private static ServerGroup Group(int number, ServerGroupStatus status, Weight weight) => new()
    {
        Name = new ServerGroupName("late", "prod", number),
        Release = new ReleaseName(number),
        Service = new ReleasedService { Name = "late", Chain = new ReleasedChain(new Signature([], []), default, []) },
        Configuration = Digest.Of("{}"u8),
        Status = status,
        Weight = weight,
        CreatedAt = ExperimentBench.Start,
        CreatedBy = "ada",
    };
}
