using System.Text;
using Fairlead.Domain.Releases;

namespace Fairlead.Serving.Routing;

/// <summary>The server groups of one service in one environment, and how traffic is split between them.</summary>
internal sealed class ServiceRoute
{
    private readonly LiveServerGroup[] groups;
    private readonly LiveServerGroup[] enabled;
    private readonly ulong[] ends;
    private readonly ulong total;

    /// <param name="groups">All of one service in one environment.</param>
    public ServiceRoute(string service, string environment, IEnumerable<LiveServerGroup> groups)
    {
        Service = service;
        Environment = environment;
        ServiceUtf8 = Encoding.UTF8.GetBytes(service);
        this.groups = [.. groups.OrderBy(group => group.Name.Number)];

        // A baseline grows from the one end and the canary from the other, so that both keep the units that they have.
        enabled = [.. this.groups.Where(group => group.Weight > 0).OrderBy(group => !group.IsBaseline)];
        Shadows = [.. this.groups.Where(group => group is { Weight: 0, Mirror: > 0 })];
        ends = new ulong[enabled.Length];
        for (var i = 0; i < enabled.Length; i++)
            ends[i] = total += (ulong)enabled[i].Weight;
        var experiment = enabled.Select(group => group.Experiment).FirstOrDefault(name => name is not null);
        SaltUtf8 = experiment is null ? ServiceUtf8 : Encoding.UTF8.GetBytes($"{service}/{experiment}");
    }

    public string Service { get; }

    public string Environment { get; }

    public byte[] ServiceUtf8 { get; }

    /// <summary>What units are hashed with. An experiment has its own: with one for all, whoever was in the treatment of the last would be in that of the next.</summary>
    public byte[] SaltUtf8 { get; }

    public bool IsEnabled => total > 0;

    /// <summary>The first server group with traffic that has nobody to answer it; null when there is none.</summary>
    public LiveServerGroup? Unready => Array.Find(enabled, group => !group.Work.IsReady);

    public IReadOnlyList<LiveServerGroup> Groups => groups;

    /// <summary>The server groups that get copies of requests; none mostly.</summary>
    public LiveServerGroup[] Shadows { get; }

    /// <summary>What its principal server group runs, when that is a command.</summary>
    public ReleasedCommand? Command => Principal.Service.Command;

    /// <summary>Full names of the gRPC services that the contracts of its server groups know.</summary>
    public IEnumerable<string> GrpcServices => groups.SelectMany(group => group.Work.GrpcServices).Distinct(StringComparer.Ordinal);

    /// <summary>What clients call the versions of its server groups, oldest group first.</summary>
    public IReadOnlyList<string> Versions => [.. groups.Select(group => group.Version).Distinct()];

    /// <summary>The group that speaks for the service: the one with the most traffic, else the newest.</summary>
    public LiveServerGroup Principal => groups.MaxBy(group => (group.Weight, group.Name.Number))!;

    /// <summary>
    /// The group for a number; null when no group takes traffic. Groups take ranges in the order of their numbers, so that a newer group
    /// whose weight rises keeps those units that it has; a baseline takes the first.
    /// </summary>
    public LiveServerGroup? Choose(ulong number)
    {
        if (enabled.Length == 1)
            return enabled[0];
        if (total == 0)
            return null;
        var at = number % total;
        var i = 0;
        while (at >= ends[i])
            i++;
        return enabled[i];
    }

    /// <summary>The newest server group of that version, whether or not it takes traffic.</summary>
    public LiveServerGroup? OfVersion(ReadOnlySpan<char> version)
    {
        for (var i = groups.Length - 1; i >= 0; i--)
        {
            if (version.SequenceEqual(groups[i].Version))
                return groups[i];
        }

        return null;
    }
}
