using Fairlead.Delivery.Deployments;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Web.Contracts;
using Fairlead.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Fairlead.Web.Endpoints;

internal static class ServerGroupEndpoints
{
    public static void MapServerGroups(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/server-groups", ListAsync).WithTags("deployments").WithSummary("Lists server groups, newest first.");
        routes.MapGet("/api/server-groups/{name}", FindAsync).WithTags("deployments").WithSummary("One server group, with what it runs.");
        var group = routes.MapGroup("/api/environments/{environment}/server-groups/{name}").WithTags("deployments");
        group.MapPost("enable", EnableAsync).WithSummary("Gives a warm server group its share of the traffic.");
        group.MapPost("disable", DisableAsync).WithSummary("Takes a server group's traffic away and keeps it warm.");
        group.MapPost("destroy", DestroyAsync).WithSummary("Takes a server group without traffic away from the hosts.");
        group.MapPost("resize", ResizeAsync).WithSummary("Sets how many instances of a command service a server group has.");
    }

    /// <exception cref="FairleadException">Invalid: no name of a server group, or of one in another environment.</exception>
    public static ServerGroupName NameOf(string environment, string text)
    {
        var name = ServerGroupName.TryParse(text, out var parsed) ? parsed
            : throw FairleadException.Invalid($"'{text}' is not a server group; expected SERVICE-ENVIRONMENT-vNNN, such as 'late-prod-v003'.");
        return name.Environment == environment
            ? name
            : throw FairleadException.Invalid($"The server group '{name}' is not in the environment '{environment}'; name a group of that environment.");
    }

    private static async Task<Ok<IReadOnlyList<ServerGroup>>> ListAsync(string? environment, string? service, IServerGroupCatalog groups, CancellationToken cancellationToken) =>
        TypedResults.Ok<IReadOnlyList<ServerGroup>>([.. (await groups.ListAsync(environment, service, cancellationToken)).Select(group => ConfigurationSight.Of(group, Callers.Principal))]);

    private static async Task<Ok<ServerGroup>> FindAsync(string name, IServerGroupCatalog groups, CancellationToken cancellationToken)
    {
        var found = ServerGroupName.TryParse(name, out var parsed) ? await groups.FindAsync(parsed, cancellationToken) : null;
        return TypedResults.Ok(ConfigurationSight.Of(found ?? throw FairleadException.NotFound($"There is no server group '{name}': 'fairlead server-group list' shows those that there are."), Callers.Principal));
    }

    private static async Task<Ok<ServerGroup>> EnableAsync(string environment, string name, ServerGroupBody body, ServerGroupDesk desk, IHostApplicationLifetime lifetime)
    {
        if (body.Weight is < 1 or > Weight.Whole)
            throw FairleadException.Invalid($"The weight '{body.Weight}' is not a share of traffic; expected 1 to {Weight.Whole} hundredths of a percent.");
        return TypedResults.Ok(await desk.EnableAsync(NameOf(environment, name), new Weight(body.Weight ?? Weight.Whole), Callers.Name(body.User), lifetime.ApplicationStopping));
    }

    private static async Task<Ok<ServerGroup>> DisableAsync(string environment, string name, ServerGroupBody body, ServerGroupDesk desk, IHostApplicationLifetime lifetime) =>
        TypedResults.Ok(await desk.DisableAsync(NameOf(environment, name), Callers.Name(body.User), lifetime.ApplicationStopping));

    private static async Task<Ok<ServerGroup>> DestroyAsync(string environment, string name, ServerGroupBody body, ServerGroupDesk desk, IHostApplicationLifetime lifetime) =>
        TypedResults.Ok(await desk.DestroyAsync(NameOf(environment, name), Callers.Name(body.User), lifetime.ApplicationStopping));

    private static async Task<Ok<ServerGroup>> ResizeAsync(string environment, string name, ServerGroupBody body, ServerGroupDesk desk, IHostApplicationLifetime lifetime) =>
        TypedResults.Ok(await desk.ResizeAsync(
            NameOf(environment, name),
            body.Instances ?? throw FairleadException.Invalid("The number of instances is missing: give 'instances'."),
            Callers.Name(body.User),
            lifetime.ApplicationStopping));
}
