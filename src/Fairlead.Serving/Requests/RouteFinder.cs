using Fairlead.Domain.Problems;
using Fairlead.Serving.Routing;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Serving.Requests;

/// <summary>Finds whom a request is for, or says what there is instead.</summary>
internal static class RouteFinder
{
    public const string EnvironmentHeader = "fairlead-environment";

    /// <exception cref="FairleadException">NotFound: no such environment or service, or none is named and it is not clear which is meant.</exception>
    public static ServiceRoute FindService(RouteTable table, in HostPath path, IHeaderDictionary headers)
    {
        var environment = FindEnvironment(table, path.Environment, headers);
        if (environment.Find(path.Service) is { } service)
            return service;
        var name = path.Service.ToString();
        throw FairleadException.NotFound($"Request for unknown model: '{name}' is not found in environment '{environment.Name}'; {NearestName.Hint(name, [.. environment.Services])}");
    }

    /// <exception cref="FairleadException">NotFound: the service has no server group of that release.</exception>
    public static LiveServerGroup FindVersion(ServiceRoute service, ReadOnlySpan<char> version) =>
        service.OfVersion(version)
        ?? throw FairleadException.NotFound($"Request for unknown model: '{service.Service}' version '{version}' is not found in environment '{service.Environment}'; known: {string.Join(", ", service.Versions)}");

    public static FairleadException Disabled(ServiceRoute service) =>
        FairleadException.Unavailable($"No server group of '{service.Service}' takes traffic in environment '{service.Environment}'; name a version ({string.Join(", ", service.Versions)}), or deploy one.");

    private static EnvironmentRoutes FindEnvironment(RouteTable table, ReadOnlySpan<char> fromPath, IHeaderDictionary headers)
    {
        var named = fromPath.IsEmpty && headers.TryGetValue(EnvironmentHeader, out var values) && values.Count > 0 ? values[0] : fromPath;
        if (named.IsEmpty)
            return table.Only ?? throw Unnamed(table);
        if (table.Find(named) is { } environment)
            return environment;
        var name = named.ToString();
        throw FairleadException.NotFound($"The environment '{name}' is not found; {NearestName.Hint(name, [.. table.Environments])}");
    }

    private static FairleadException Unnamed(RouteTable table) => FairleadException.NotFound(
        table.Enabled.Count == 0
            ? "Request for unknown model: nothing is deployed yet; deploy a release with 'fairlead deploy'."
            : $"Name the environment, by the path '/environments/{table.Enabled[0]}/v2/…' or the header '{EnvironmentHeader}': models are served in {string.Join(", ", table.Enabled)}.");
}
