using System.Collections.Frozen;
using Fairlead.Domain.Projects;

namespace Fairlead.Serving.Routing;

/// <summary>
/// Where requests go: immutable, replaced as a whole. It counts who uses it, and lets go of what it holds when it has been
/// replaced and the last request that entered it has left.
/// </summary>
internal sealed class RouteTable
{
    private readonly FrozenDictionary<string, EnvironmentRoutes> environments;
    private readonly FrozenDictionary<string, EnvironmentRoutes>.AlternateLookup<ReadOnlySpan<char>> byName;
    private readonly FrozenDictionary<string, EnvironmentRoutes> hosts;
    private readonly FrozenDictionary<string, EnvironmentRoutes>.AlternateLookup<ReadOnlySpan<char>> byHost;
    private readonly FrozenDictionary<int, EnvironmentRoutes> ports;
    private readonly Action release;

    // One for being the current table, one for each request inside; far below zero once released.
    private int users = 1;

    /// <param name="definitions">Every environment of the project.</param>
    /// <param name="release">Called once, when nobody uses the table any more.</param>
    public RouteTable(long version, IReadOnlyList<EnvironmentDefinition> definitions, IReadOnlyList<LiveServerGroup> groups, Action release)
    {
        Version = version;
        Groups = groups;
        this.release = release;
        var byEnvironment = groups.ToLookup(group => group.Name.Environment, StringComparer.Ordinal);
        environments = definitions
            .UnionBy(byEnvironment.Select(environment => new EnvironmentDefinition(environment.Key)), definition => definition.Name, StringComparer.Ordinal)
            .ToFrozenDictionary(definition => definition.Name, definition => new EnvironmentRoutes(definition, byEnvironment[definition.Name]), StringComparer.Ordinal);
        byName = environments.GetAlternateLookup<ReadOnlySpan<char>>();
        hosts = environments.Values
            .SelectMany(environment => environment.Definition.Hosts.Select(host => (host, environment)))
            .DistinctBy(pair => pair.host, StringComparer.OrdinalIgnoreCase)
            .ToFrozenDictionary(pair => pair.host, pair => pair.environment, StringComparer.OrdinalIgnoreCase);
        byHost = hosts.GetAlternateLookup<ReadOnlySpan<char>>();
        ports = environments.Values
            .Where(environment => environment.Definition.Port is not null)
            .DistinctBy(environment => environment.Definition.Port)
            .ToFrozenDictionary(environment => environment.Definition.Port!.Value);
        var enabled = environments.Values.Where(environment => environment.IsEnabled).ToList();
        Only = enabled.Count == 1 ? enabled[0] : null;
        Enabled = [.. enabled.Select(environment => environment.Name).Order(StringComparer.Ordinal)];
        HasCommands = groups.Any(group => group.Service.Command is not null);
    }

    /// <summary>Of the desired state that it came from; 0 for the empty one.</summary>
    public long Version { get; }

    public IReadOnlyList<LiveServerGroup> Groups { get; }

    /// <summary>The environment for requests that name none: the only one with traffic, if it is the only one.</summary>
    public EnvironmentRoutes? Only { get; }

    /// <summary>Environments with traffic.</summary>
    public IReadOnlyList<string> Enabled { get; }

    public IReadOnlyList<string> Environments => environments.Keys;

    public IReadOnlyList<EnvironmentRoutes> Routes => environments.Values;

    /// <summary>True when a request may be for a command service.</summary>
    public bool HasCommands { get; }

    /// <summary>True when an environment is reached by a host name.</summary>
    public bool HasHosts => hosts.Count > 0;

    /// <summary>Ports of environments, beside the one that all have in common.</summary>
    public IReadOnlyList<int> Ports => ports.Keys;

    public EnvironmentRoutes? Find(ReadOnlySpan<char> environment) => byName.TryGetValue(environment, out var routes) ? routes : null;

    /// <summary>The environment that a host name leads to.</summary>
    /// <param name="host">Without port.</param>
    public EnvironmentRoutes? FindHost(ReadOnlySpan<char> host) => byHost.TryGetValue(host, out var routes) ? routes : null;

    /// <summary>The environment whose own port it is.</summary>
    public EnvironmentRoutes? FindPort(int port) => ports.TryGetValue(port, out var routes) ? routes : null;

    /// <summary>False when the table has been released already: take the current one.</summary>
    public bool TryEnter()
    {
        if (Interlocked.Increment(ref users) > 0)
            return true;
        Interlocked.Decrement(ref users);
        return false;
    }

    public void Leave()
    {
        // Whoever enters between the two calls makes the exchange fail, and releases when it leaves.
        if (Interlocked.Decrement(ref users) == 0 && Interlocked.CompareExchange(ref users, int.MinValue / 2, 0) == 0)
            release();
    }
}
