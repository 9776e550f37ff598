using System.Collections.Frozen;
using Fairlead.Domain.Projects;
using Fairlead.Domain.Services;

namespace Fairlead.Serving.Routing;

/// <summary>The services of one environment.</summary>
internal sealed class EnvironmentRoutes
{
    private readonly FrozenDictionary<string, ServiceRoute> services;
    private readonly FrozenDictionary<string, ServiceRoute>.AlternateLookup<ReadOnlySpan<char>> byName;
    private readonly FrozenDictionary<string, ServiceRoute> grpcServices;
    private readonly ServiceRoute? onlyGrpc;

    public EnvironmentRoutes(EnvironmentDefinition definition, IEnumerable<LiveServerGroup> groups)
    {
        Name = definition.Name;
        Definition = definition;
        services = groups
            .GroupBy(group => group.Name.Service, StringComparer.Ordinal)
            .ToFrozenDictionary(service => service.Key, service => new ServiceRoute(service.Key, definition.Name, service), StringComparer.Ordinal);
        byName = services.GetAlternateLookup<ReadOnlySpan<char>>();
        IsEnabled = services.Values.Any(service => service.IsEnabled);
        var grpc = services.Values.Where(service => service.Command is { Protocol: ServiceProtocol.Grpc }).ToList();
        onlyGrpc = grpc.Count == 1 ? grpc[0] : null;
        grpcServices = grpc
            .SelectMany(service => service.GrpcServices.Select(name => (name, service)))
            .GroupBy(pair => pair.name, StringComparer.Ordinal)
            .Where(name => name.Select(pair => pair.service).Distinct().Count() == 1)
            .ToFrozenDictionary(name => name.Key, name => name.First().service, StringComparer.Ordinal);
    }

    public string Name { get; }

    public EnvironmentDefinition Definition { get; }

    /// <summary>True when a server group takes traffic here.</summary>
    public bool IsEnabled { get; }

    public IReadOnlyList<string> Services => services.Keys;

    public IReadOnlyList<ServiceRoute> Routes => services.Values;

    public ServiceRoute? Find(ReadOnlySpan<char> service) => byName.TryGetValue(service, out var route) ? route : null;

    /// <summary>The command service whose contract has that gRPC service, or the only one that speaks gRPC at all.</summary>
    /// <param name="fullName">Such as <c>package.Service</c>.</param>
    public ServiceRoute? FindGrpc(ReadOnlySpan<char> fullName) =>
        grpcServices.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(fullName, out var route) ? route : onlyGrpc;
}
