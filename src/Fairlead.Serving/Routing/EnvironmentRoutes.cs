using System.Collections.Frozen;

namespace Fairlead.Serving.Routing;

/// <summary>The services of one environment.</summary>
internal sealed class EnvironmentRoutes
{
    private readonly FrozenDictionary<string, ServiceRoute> services;
    private readonly FrozenDictionary<string, ServiceRoute>.AlternateLookup<ReadOnlySpan<char>> byName;

    public EnvironmentRoutes(string name, IEnumerable<LiveServerGroup> groups)
    {
        Name = name;
        services = groups
            .GroupBy(group => group.Name.Service, StringComparer.Ordinal)
            .ToFrozenDictionary(service => service.Key, service => new ServiceRoute(service.Key, name, service), StringComparer.Ordinal);
        byName = services.GetAlternateLookup<ReadOnlySpan<char>>();
        IsEnabled = services.Values.Any(service => service.IsEnabled);
    }

    public string Name { get; }

    /// <summary>True when a server group takes traffic here.</summary>
    public bool IsEnabled { get; }

    public IReadOnlyList<string> Services => services.Keys;

    public ServiceRoute? Find(ReadOnlySpan<char> service) => byName.TryGetValue(service, out var route) ? route : null;
}
