using Fairlead.Identity.Groups;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class GroupEndpoints
{
    public static void MapGroups(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/groups").WithTags("users");
        group.MapGet("", ListAsync).WithSummary("Lists groups with the roles that they give, and who is in them.");
        group.MapPut("{name}", ChangeAsync).WithSummary("Changes the roles that everybody in a group has.");
    }

    private static async Task<Ok<IReadOnlyList<GroupReport>>> ListAsync(GroupDesk desk, CancellationToken cancellationToken) => TypedResults.Ok(await desk.ListAsync(cancellationToken));

    private static async Task<Ok<GroupReport>> ChangeAsync(string name, GroupChange change, GroupDesk desk) => TypedResults.Ok(await desk.ChangeAsync(name, change, CancellationToken.None));
}
