using Fairlead.Delivery.Deployments;
using Fairlead.Domain.Deployments;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Scheduling;
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
    private const int LongestReason = 500;

    public static void MapDeployments(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/environments/{environment}").WithTags("deployments");
        group.MapPost("deployments", DeployAsync).WithSummary("Deploys a release: a new server group warms up, then takes its share of the traffic.");
        group.MapPost("rollback", RollBackAsync).WithSummary("Gives the traffic back to the server group that was live before.");
        group.MapPost("traffic", SetTrafficAsync).WithSummary("Sets the shares of traffic of a service's server groups, and which of them are shadows.");
    }

    // Once begun, a deployment is finished or undone whether or not its caller waits for it, also by the next control plane.
    private static async Task<Ok<Deployment>> DeployAsync(string environment, DeployBody body, Deployer deployer, DeployGate gate, IAuditLog audit, IHostApplicationLifetime lifetime)
    {
        if (body.Weight is < 1 or > Weight.Whole)
            throw FairleadException.Invalid($"The weight '{body.Weight}' is not a share of traffic; expected 1 to {Weight.Whole} hundredths of a percent.");
        if (body.Strategy is not null && (body.Weight ?? body.Mirror) is not null)
            throw FairleadException.Invalid("A release is deployed with a strategy, a weight or as a mirror; give one of them.");
        if (body is { Weight: not null, Mirror: not null })
            throw FairleadException.Invalid("A release is deployed with a weight or as a mirror; give one of them.");
        var order = new DeployOrder
        {
            Environment = environment,
            Release = body.Release is { } name ? ReleaseName.Parse(name) : null,
            Services = body.Services ?? [],
            Weight = body.Weight is { } weight ? new Weight(weight) : Weight.All,
            Mirror = body.Mirror is { } mirror ? ShareOf("mirror", mirror) : Weight.None,
            Strategy = body.Strategy,
            Key = body.Key,
            User = Callers.Name(body.User),
        };
        if (body.Mirror is null && await gate.FindClosureAsync(environment, lifetime.ApplicationStopping) is { } closure)
            order = order with { Override = await OverrideAsync(environment, body.Override, closure, audit) };
        return TypedResults.Ok(await deployer.DeployAsync(order, _ => { }, CancellationToken.None).WaitAsync(lifetime.ApplicationStopping));
    }

    /// <summary>The reason for which a closed environment is changed; it is entered into the audit log before that is done.</summary>
    /// <exception cref="FairleadException">Conflict: none is given.</exception>
    private static async Task<string> OverrideAsync(string environment, string? reason, DeployClosure closure, IAuditLog audit)
    {
        if (string.IsNullOrWhiteSpace(reason))
            throw FairleadException.Conflict($"{closure.Reason} Wait, or deploy all the same with a reason: fairlead deploy {environment} --override \"…\".");
        var clean = AuditText.Clean(reason.Trim(), LongestReason);
        await audit.AppendAsync(Acting.Draft("deployment.override", environment, $"{clean} ({closure.Reason})"), CancellationToken.None);
        return clean;
    }

    private static async Task<Ok<Deployment>> RollBackAsync(string environment, RollbackBody body, Deployer deployer, IHostApplicationLifetime lifetime) =>
        TypedResults.Ok(await deployer.RollBackAsync(
            new RollbackOrder
            {
                Environment = environment,
                Service = body.Service,
                To = body.To is { } name ? ServerGroupEndpoints.NameOf(environment, name) : null,
                User = Callers.Name(body.User),
            },
            lifetime.ApplicationStopping));

    private static async Task<Ok<Deployment>> SetTrafficAsync(string environment, TrafficBody body, Deployer deployer, IHostApplicationLifetime lifetime)
    {
        var weights = Shares(body.Weights);
        var mirrors = Shares(body.Mirrors);
        var services = weights.Keys.Select(name => name.Service).Distinct(StringComparer.Ordinal).ToList();
        if (services.Count > 1)
            throw FairleadException.Invalid($"The shares are of server groups of {services.Count} services ({string.Join(", ", services)}); set those of one service at a time.");
        var strangers = weights.Keys.Concat(mirrors.Keys).Where(name => name.Environment != environment).ToList();
        if (strangers.Count > 0)
            throw FairleadException.Invalid($"The server group '{strangers[0]}' is not in the environment '{environment}'; name groups of that environment.");
        if (weights.Count == 0 && mirrors.Count == 0)
            throw FairleadException.Invalid("Nothing is to be set; name server groups with their shares.");
        var user = Callers.Name(body.User);
        Deployment? answer = null;
        if (weights.Count > 0)
            answer = await deployer.SetTrafficAsync(environment, services[0], weights, user, lifetime.ApplicationStopping);
        if (mirrors.Count > 0)
        {
            var hasShifted = answer?.Changed == true;
            answer = await deployer.SetMirrorsAsync(environment, mirrors, user, lifetime.ApplicationStopping);
            answer = answer with { Changed = answer.Changed || hasShifted };
        }

        return TypedResults.Ok(answer!);
    }

    private static Dictionary<ServerGroupName, Weight> Shares(IReadOnlyDictionary<string, int>? shares) =>
        (shares ?? new Dictionary<string, int>()).ToDictionary(share => ServerGroupName.Parse(share.Key), share => ShareOf(share.Key, share.Value));

    private static Weight ShareOf(string of, int hundredths) => hundredths is >= 0 and <= Weight.Whole
        ? new Weight(hundredths)
        : throw FairleadException.Invalid($"The share '{hundredths}' of '{of}' is out of range; expected 0 to {Weight.Whole} hundredths of a percent.");
}
