using Fairlead.Delivery.Releases;
using Fairlead.Domain.Problems;
using Fairlead.Domain.Releases;
using Fairlead.Web.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class ReleaseEndpoints
{
    private const int ListLimit = 1000;

    public static void MapReleases(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/releases").WithTags("releases");
        group.MapPost("", MakeAsync).WithSummary("Cuts a release from the runs that belong to the project as it is now.");
        routes.MapGet("/api/contracts", CheckContractsAsync).WithTags("releases").WithSummary("Compares the contracts of the project as it is now with those that were released last.");
        group.MapGet("", ListAsync).WithSummary("Lists the releases, newest first.");
        group.MapGet("{name}", FindAsync).WithSummary("One release.");
    }

    private static async Task<Ok<ReleaseAnswer>> MakeAsync(ReleaseBody body, ReleaseMaker maker, CancellationToken cancellationToken)
    {
        var made = await maker.MakeAsync(Callers.Name(body.User), body.BreakContract, cancellationToken);
        return TypedResults.Ok(new ReleaseAnswer(made.Release, made.IsNew));
    }

    private static async Task<Ok<IReadOnlyList<ContractReport>>> CheckContractsAsync(ReleaseMaker maker, CancellationToken cancellationToken) =>
        TypedResults.Ok(await maker.CheckContractsAsync(cancellationToken));

    private static async Task<Ok<IReadOnlyList<Release>>> ListAsync(IReleaseCatalog releases, CancellationToken cancellationToken) =>
        TypedResults.Ok(await releases.ListAsync(ListLimit, cancellationToken));

    private static async Task<Ok<Release>> FindAsync(string name, IReleaseCatalog releases, CancellationToken cancellationToken) =>
        TypedResults.Ok(
            await releases.FindAsync(ReleaseName.Parse(name), cancellationToken)
            ?? throw FairleadException.NotFound($"There is no release '{name}'; list them with 'fairlead releases'."));
}
