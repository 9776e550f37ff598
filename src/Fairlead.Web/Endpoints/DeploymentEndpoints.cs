using Fairlead.Delivery.Deployments;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace Fairlead.Web.Endpoints;

internal static class DeploymentEndpoints
{
    public static void MapDeployments(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/environments/{environment}").WithTags("deployments");
        group.MapPost("deployments", DeployAsync).WithSummary("Deploys a release: a new server group warms up, then takes its share of the traffic.");
        group.MapPost("rollback", RollBackAsync).WithSummary("Gives the traffic back to the server group that was live before.");
        routes.MapGet("/api/server-groups", ListAsync).WithTags("deployments").WithSummary("Lists server groups, newest first.");
    }

    // Once begun, a deployment is finished or undone whether or not its caller waits for it; only the end of the process stops it.
    private static async Task<Ok<Deployment>> DeployAsync(string environment, DeployBody body, Deployer deployer, IHostApplicationLifetime lifetime)
    {
        if (body.Weight is < 1 or > Weight.Whole)
            throw FairleadException.Invalid($"The weight '{body.Weight}' is not a share of traffic; expected 1 to {Weight.Whole} hundredths of a percent.");
        var order = new DeployOrder
        {
            Environment = environment,
            Release = body.Release is { } name ? ReleaseName.Parse(name) : null,
            Services = body.Services ?? [],
            Weight = body.Weight is { } weight ? new Weight(weight) : Weight.All,
            User = Callers.Name(body.User),
        };
        return TypedResults.Ok(await deployer.DeployAsync(order, _ => { }, lifetime.ApplicationStopping));
    }

    private static async Task<Ok<Deployment>> RollBackAsync(string environment, RollbackBody body, Deployer deployer, IHostApplicationLifetime lifetime) =>
        TypedResults.Ok(await deployer.RollBackAsync(environment, body.Service, Callers.Name(body.User), lifetime.ApplicationStopping));

    private static async Task<Ok<IReadOnlyList<ServerGroup>>> ListAsync(string? environment, string? service, IServerGroupCatalog groups, CancellationToken cancellationToken) =>
        TypedResults.Ok(await groups.ListAsync(environment, service, cancellationToken));
}
