using Fairlead.Domain.Artifacts;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Domain.Services;

namespace Fairlead.Pipelines.Tests.Activities;

/// <summary>Server groups of the service 'late' in 'prod', numbered from 1.</summary>
internal sealed class FakeGroups : IServerGroupChanges
{
    private readonly List<ServerGroup> all = [];

    public List<string> Calls { get; } = [];

    public FakeGroups Add(int weight, int instances = 2)
    {
        var name = new ServerGroupName("late", "prod", all.Count + 1);
        all.Add(new ServerGroup
        {
            Name = name,
            Release = ReleaseName.Parse("v001"),
            Service = new ReleasedService { Name = "late", Command = Command() },
            Configuration = Digest.Of("{}"u8),
            Status = weight > 0 ? ServerGroupStatus.Enabled : ServerGroupStatus.Disabled,
            Weight = new Weight(weight),
            Instances = instances,
            CreatedAt = Sample.Start,
            CreatedBy = "ann",
        });
        return this;
    }

    public string Traffic => string.Join(' ', all.Select(group => group.Weight.ToString()));

    public string Instances => string.Join(' ', all.Select(group => group.Instances));

    public Task<IReadOnlyList<ServerGroup>> ListAsync(string environment, string? service, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ServerGroup>>([.. all.Where(group => group.Name.Environment == environment && group.Name.Service == (service ?? group.Name.Service))]);

    public Task SetTrafficAsync(string environment, string service, IReadOnlyDictionary<ServerGroupName, Weight> weights, string user, CancellationToken cancellationToken)
    {
        Calls.Add("traffic " + string.Join(' ', weights.Select(share => $"{share.Key}={share.Value}")));
        foreach (var group in all.ToList())
            Put(group with { Weight = weights.GetValueOrDefault(group.Name), Status = weights.ContainsKey(group.Name) ? ServerGroupStatus.Enabled : ServerGroupStatus.Disabled });
        return Task.CompletedTask;
    }

    public Task DisableAsync(ServerGroupName name, string user, CancellationToken cancellationToken)
    {
        var others = all.Where(group => group.Name != name && group.Status == ServerGroupStatus.Enabled).ToList();
        if (others.Count == 0)
            throw FairleadException.Conflict("It is the last one.");
        return SetTrafficAsync("prod", "late", new Dictionary<ServerGroupName, Weight> { [others[0].Name] = Weight.All }, user, cancellationToken);
    }

    public Task DestroyAsync(ServerGroupName name, string user, CancellationToken cancellationToken)
    {
        Calls.Add($"destroy {name}");
        Put(all.Single(group => group.Name == name) with { Status = ServerGroupStatus.Destroyed });
        return Task.CompletedTask;
    }

    public Task ResizeAsync(ServerGroupName name, int instances, string user, CancellationToken cancellationToken)
    {
        Calls.Add($"resize {name} {instances}");
        Put(all.Single(group => group.Name == name) with { Instances = instances });
        return Task.CompletedTask;
    }

    private static ReleasedCommand Command() => new() { Command = "serve", Protocol = ServiceProtocol.Http, Health = new HealthCheck(), Code = new ArtifactRef(ArtifactKind.Tree, Digest.Of("{}"u8), 1), Settings = new CommandSettings() };

    private void Put(ServerGroup changed) => all[all.FindIndex(group => group.Name == changed.Name)] = changed;
}
