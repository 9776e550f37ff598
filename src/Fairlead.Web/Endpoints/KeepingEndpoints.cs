using Fairlead.Domain.Deployments;
using Fairlead.Domain.Problems;
using Fairlead.Predictions.Keeping;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class KeepingEndpoints
{
    public static void MapKeeping(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/predictions").WithTags("predictions");
        group.MapGet("/sizes", SizesAsync).WithSummary("Rows, bytes and files by environment, service and day.");
        group.MapGet("/erasures", ErasuresAsync).WithSummary("What was erased, newest first: counts, and files with their digests before and after.");
        group.MapPost("/erasures", EraseAsync).WithSummary("Removes a unit from all predictions and outcomes; answers when nothing of it is left on the disk.");
        group.MapPost("/quarantine", SetAsideAsync).WithSummary("Sets a damaged file aside, so that queries go on without it.");
        group.MapPost("/restore", RestoreAsync).WithSummary("Takes a file back that is whole again.");
    }

    private static async Task<Ok<PredictionSizes>> SizesAsync(string? environment, string? service, PredictionInventory inventory, CancellationToken cancellationToken) =>
        TypedResults.Ok(await inventory.ListAsync(environment, service, cancellationToken));

    private static async Task<Ok<IReadOnlyList<Erasure>>> ErasuresAsync(UnitErasure erasure, CancellationToken cancellationToken) =>
        TypedResults.Ok(await erasure.ListAsync(cancellationToken));

    private static async Task<Ok<Erasure>> EraseAsync(ErasureBody body, UnitErasure erasure, IServerGroupCatalog groups, CancellationToken cancellationToken)
    {
        // The record of an erasure is a proof: a name that was mistyped must not have one that says that nothing is left.
        if (body.Environment is { } environment)
        {
            string[] known = [.. (await groups.ListAsync(null, null, cancellationToken)).Select(group => group.Name.Environment).Distinct(StringComparer.Ordinal)];
            if (!known.Contains(environment))
                throw FairleadException.NotFound($"Nothing was ever deployed to an environment '{environment}' ({NearestName.Hint(environment, known)}).");
        }

        var order = new ErasureOrder { Unit = body.Unit ?? "", Environment = body.Environment, Reason = body.Reason, RequestedBy = Callers.Name(body.User) };
        return TypedResults.Ok(await erasure.EraseAsync(order, cancellationToken));
    }

    private static async Task<Ok<DamagedFile>> SetAsideAsync(FileBody body, FileQuarantine quarantine, CancellationToken cancellationToken) =>
        TypedResults.Ok(await quarantine.SetAsideAsync(Required(body), cancellationToken));

    private static async Task<Ok<DamagedFile>> RestoreAsync(FileBody body, FileQuarantine quarantine, CancellationToken cancellationToken) =>
        TypedResults.Ok(await quarantine.RestoreAsync(Required(body), cancellationToken));

    private static string Required(FileBody body) =>
        string.IsNullOrEmpty(body.File) ? throw FairleadException.Invalid("The body has no 'file'; name one as 'fairlead fsck' does.") : body.File;
}
