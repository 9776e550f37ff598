using Fairlead.Domain.Deployments;

namespace Fairlead.Delivery.Tests.Fakes;

internal sealed class FakeServerGroupCatalog : IServerGroupCatalog
{
    private readonly Lock sync = new();
    private readonly List<ServerGroup> groups = [];
    private DesiredState? desired;

    public Task<IReadOnlyList<ServerGroup>> AddAsync(
        IReadOnlyList<(string Service, string Environment, Func<ServerGroupName, ServerGroup> Create)> groups, CancellationToken cancellationToken)
    {
        lock (sync)
        {
            var added = new List<ServerGroup>();
            foreach (var (service, environment, create) in groups)
            {
                var number = this.groups.Where(group => group.Name.Service == service && group.Name.Environment == environment)
                    .Select(group => group.Name.Number).DefaultIfEmpty(0).Max() + 1;
                var group = create(new ServerGroupName(service, environment, number));
                this.groups.Add(group);
                added.Add(group);
            }

            return Task.FromResult<IReadOnlyList<ServerGroup>>(added);
        }
    }

    public Task<DesiredState> UpdateAsync(
        IReadOnlyList<ServerGroup> changed, Func<long, IReadOnlyList<ServerGroup>, DesiredState> publish, CancellationToken cancellationToken)
    {
        lock (sync)
        {
            foreach (var group in changed)
            {
                var at = groups.FindIndex(known => known.Name == group.Name);
                Assert.True(at >= 0, $"{group.Name} is not recorded.");
                groups[at] = group;
            }

            var recorded = groups.Where(group => group.Status != ServerGroupStatus.Destroyed).ToList();
            desired = publish((desired?.Version ?? 0) + 1, recorded);
            return Task.FromResult(desired);
        }
    }

    public Task<ServerGroup?> FindAsync(ServerGroupName name, CancellationToken cancellationToken)
    {
        lock (sync)
            return Task.FromResult(groups.Find(group => group.Name == name));
    }

    public Task<IReadOnlyList<ServerGroup>> ListAsync(string? environment, string? service, CancellationToken cancellationToken)
    {
        lock (sync)
        {
            return Task.FromResult<IReadOnlyList<ServerGroup>>([.. groups
                .Where(group => (environment is null || group.Name.Environment == environment) && (service is null || group.Name.Service == service))
                .Reverse()]);
        }
    }

    public Task<DesiredState?> FindDesiredStateAsync(CancellationToken cancellationToken)
    {
        lock (sync)
            return Task.FromResult(desired);
    }
}
