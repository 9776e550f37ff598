using Fairlead.Domain.Problems;
using Fairlead.Serving.Routing;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Serving.Requests;

/// <summary>
/// Finds whom a request is for, or says what there is instead. The environment is named by the path, the header, the host name or the port,
/// in this order; without a name it is the only one with traffic.
/// </summary>
internal static class RouteFinder
{
    public const string EnvironmentHeader = "fairlead-environment";
    public const string ServiceHeader = "fairlead-service";

    /// <summary>Names the version of a command; that of a model stands in its path or message.</summary>
    public const string VersionHeader = "fairlead-version";

    /// <exception cref="FairleadException">NotFound: no such environment or service, or none is named and it is not clear which is meant.</exception>
    public static ServiceRoute FindService(RouteTable table, ReadOnlySpan<char> environmentOfPath, ReadOnlySpan<char> service, in Exchange exchange)
    {
        var environment = FindEnvironment(table, environmentOfPath, exchange);
        if (environment.Find(service) is { } route)
            return route;
        var name = service.ToString();
        throw FairleadException.NotFound($"Request for unknown model: '{name}' is not found in environment '{environment.Name}'; {NearestName.Hint(name, [.. environment.Services])}");
    }

    /// <summary>As above, for a request that names a service and no model.</summary>
    /// <exception cref="FairleadException">NotFound, as above.</exception>
    public static ServiceRoute FindNamedService(RouteTable table, in HostPath path, ReadOnlySpan<char> service, in Exchange exchange)
    {
        var environment = FindEnvironment(table, path.Environment, exchange);
        if (environment.Find(service) is { } route)
            return route;
        var name = service.ToString();
        throw FairleadException.NotFound($"The service '{name}' is not found in environment '{environment.Name}'; {NearestName.Hint(name, [.. environment.Services])}");
    }

    /// <summary>As above, but null when it is not found.</summary>
    public static ServiceRoute? TryFindService(RouteTable table, ReadOnlySpan<char> environmentOfPath, ReadOnlySpan<char> service, in Exchange exchange)
    {
        var named = NamedEnvironment(environmentOfPath, exchange);
        var environment = named.IsEmpty ? FindUnnamed(table, exchange) : table.Find(named);
        return environment?.Find(service);
    }

    /// <exception cref="FairleadException">NotFound: the service has no server group of that version.</exception>
    public static LiveServerGroup FindVersion(ServiceRoute service, ReadOnlySpan<char> version) =>
        service.OfVersion(version)
        ?? throw FairleadException.NotFound(
            $"{(service.Command is null ? "Request for unknown model:" : "The service")} '{service.Service}' version '{version}' is not found in environment '{service.Environment}'; known: {string.Join(", ", service.Versions)}");

    public static FairleadException IsModel(ServiceRoute service) =>
        FairleadException.Invalid($"'{service.Service}' is a model and no command; ask for '/v2/models/{service.Service}/infer'.");

    public static FairleadException Disabled(ServiceRoute service) =>
        FairleadException.Unavailable($"No server group of '{service.Service}' takes traffic in environment '{service.Environment}'; name a version ({string.Join(", ", service.Versions)}), or deploy one.");

    public static FairleadException IsCommand(ServiceRoute service) =>
        FairleadException.Invalid($"'{service.Service}' is a command and no model; call it below '/services/{service.Service}/', or with the header '{ServiceHeader}'.");

    /// <exception cref="FairleadException">NotFound, as above.</exception>
    public static EnvironmentRoutes FindEnvironment(RouteTable table, ReadOnlySpan<char> ofPath, in Exchange exchange)
    {
        var named = NamedEnvironment(ofPath, exchange);
        if (named.IsEmpty)
            return FindUnnamed(table, exchange) ?? throw (exchange.Port.IsCommon ? Unnamed(table) : Closed(exchange.Port));
        if (table.Find(named) is { } environment)
            return environment;
        var name = named.ToString();
        throw FairleadException.NotFound($"The environment '{name}' is not found; {NearestName.Hint(name, [.. table.Environments])}");
    }

    /// <summary>Sees to it that the environment that a request names is there, where an answer is about none or any.</summary>
    /// <exception cref="FairleadException">NotFound, as above.</exception>
    public static void CheckEnvironment(RouteTable table, ReadOnlySpan<char> ofPath, in Exchange exchange)
    {
        if (table.Version > 0 && !NamedEnvironment(ofPath, exchange).IsEmpty)
            FindEnvironment(table, ofPath, exchange);
    }

    /// <summary>The command service that a request is for although its path does not say so: by header or by host name.</summary>
    /// <exception cref="FairleadException">NotFound, as above.</exception>
    public static ServiceRoute? FindCommand(RouteTable table, in HostPath path, in Exchange exchange)
    {
        if (exchange.RequestHeaders.TryGetValue(ServiceHeader, out var values) && values.Count > 0 && values[0] is { Length: > 0 } named)
        {
            var service = FindNamedService(table, path, named, exchange);
            return service.Command is null ? null : service;
        }

        return table.HasHosts && HostOf(exchange) is { IsEmpty: false } host && table.FindHost(host) is null && host.IndexOf('.') is > 0 and var dot
            && table.FindHost(host[(dot + 1)..])?.Find(host[..dot]) is { Command: not null } ofHost ? ofHost : null;
    }

    /// <summary>The command service that a gRPC call is for by the gRPC service in its path.</summary>
    /// <exception cref="FairleadException">NotFound: no such environment, or none is named and several are meant.</exception>
    public static ServiceRoute? FindGrpcCommand(RouteTable table, in HostPath path, in Exchange exchange)
    {
        if (path.Rest.LastIndexOf('/') is not (> 0 and var slash))
            return null;
        var environment = path.Environment.IsEmpty ? FindUnnamedOrOnly(table, exchange) : FindEnvironment(table, path.Environment, exchange);
        var name = path.Rest[1..slash];
        if (environment is not null)
            return environment.FindGrpc(name);
        foreach (var other in table.Routes)
        {
            if (other.FindGrpc(name) is not null)
                throw exchange.Port.IsCommon ? Unnamed(table) : Closed(exchange.Port);
        }

        return null;
    }

    /// <summary>A server group of a service, by the unit that the request names.</summary>
    /// <exception cref="FairleadException">Unavailable: none takes traffic.</exception>
    public static LiveServerGroup Choose(ServiceRoute service, ReadOnlySpan<byte> unit) =>
        service.Choose(unit.IsEmpty ? ThreadRandom.Next() : UnitHash.Of(service.SaltUtf8, unit)) ?? throw Disabled(service);

    /// <summary>The host name that the client used, without port.</summary>
    public static ReadOnlySpan<char> HostOf(in Exchange exchange)
    {
        var hosts = exchange.RequestHeaders.Host;
        return hosts.Count > 0 ? WithoutPort(hosts[0]) : default;
    }

    public static ReadOnlySpan<char> WithoutPort(ReadOnlySpan<char> host)
    {
        var colon = host.LastIndexOf(':');
        return colon < 0 || host[^1] == ']' ? host : host[..colon];
    }

    private static ReadOnlySpan<char> NamedEnvironment(ReadOnlySpan<char> ofPath, in Exchange exchange) =>
        ofPath.IsEmpty && exchange.RequestHeaders.TryGetValue(EnvironmentHeader, out var values) && values.Count > 0 ? values[0] : ofPath;

    private static EnvironmentRoutes? FindUnnamedOrOnly(RouteTable table, in Exchange exchange) =>
        exchange.RequestHeaders.ContainsKey(EnvironmentHeader) ? FindEnvironment(table, default, exchange) : FindUnnamed(table, exchange);

    private static EnvironmentRoutes? FindUnnamed(RouteTable table, in Exchange exchange)
    {
        if (table.HasHosts && HostOf(exchange) is { IsEmpty: false } host)
        {
            var found = table.FindHost(host);
            if (found is null && host.IndexOf('.') is > 0 and var dot)
                found = table.FindHost(host[(dot + 1)..]);
            if (found is not null)
                return found;
        }

        // A connection outlives its port for a moment: what was said to one environment is for no other.
        return table.FindPort(exchange.Port.Number) ?? (exchange.Port.IsCommon ? table.Only : null);
    }

    private static FairleadException Closed(ListeningPort port) => FairleadException.NotFound(
        $"Port {port.Number} is no environment's any more; name the environment by the path '/environments/NAME/v2/…' or the header '{EnvironmentHeader}', at another port.");

    private static FairleadException Unnamed(RouteTable table) => FairleadException.NotFound(
        table.Enabled.Count == 0
            ? "Request for unknown model: nothing takes traffic yet; deploy a release with 'fairlead deploy'."
            : $"Name the environment, by the path '/environments/{table.Enabled[0]}/…', or the header or metadata '{EnvironmentHeader}': {string.Join(", ", table.Enabled)} are there.");
}
