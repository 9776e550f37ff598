using System.Collections.Frozen;

namespace Fairlead.Serving.Routing;

/// <summary>
/// Where requests go: immutable, replaced as a whole. It counts who uses it, and lets go of what it holds when it has been
/// replaced and the last request that entered it has left.
/// </summary>
internal sealed class RouteTable
{
    private readonly FrozenDictionary<string, EnvironmentRoutes> environments;
    private readonly FrozenDictionary<string, EnvironmentRoutes>.AlternateLookup<ReadOnlySpan<char>> byName;
    private readonly Action release;

    // One for being the current table, one for each request inside; far below zero once released.
    private int users = 1;

    /// <param name="environments">Every environment of the project.</param>
    /// <param name="release">Called once, when nobody uses the table any more.</param>
    public RouteTable(long version, IReadOnlyList<string> environments, IReadOnlyList<LiveServerGroup> groups, Action release)
    {
        Version = version;
        Groups = groups;
        this.release = release;
        this.environments = environments
            .Union(groups.Select(group => group.Name.Environment))
            .ToFrozenDictionary(name => name, name => new EnvironmentRoutes(name, groups.Where(group => group.Name.Environment == name)), StringComparer.Ordinal);
        byName = this.environments.GetAlternateLookup<ReadOnlySpan<char>>();
        var enabled = this.environments.Values.Where(environment => environment.IsEnabled).ToList();
        Only = enabled.Count == 1 ? enabled[0] : null;
        Enabled = [.. enabled.Select(environment => environment.Name).Order(StringComparer.Ordinal)];
    }

    /// <summary>Of the desired state that it came from; 0 for the empty one.</summary>
    public long Version { get; }

    public IReadOnlyList<LiveServerGroup> Groups { get; }

    /// <summary>The environment for requests that name none: the only one with traffic, if it is the only one.</summary>
    public EnvironmentRoutes? Only { get; }

    /// <summary>Environments with traffic.</summary>
    public IReadOnlyList<string> Enabled { get; }

    public IReadOnlyList<string> Environments => environments.Keys;

    public EnvironmentRoutes? Find(ReadOnlySpan<char> environment) => byName.TryGetValue(environment, out var routes) ? routes : null;

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
