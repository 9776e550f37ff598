using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Identity.Users;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Endpoints;

internal static class UserEndpoints
{
    public static void MapUsers(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/users").WithTags("users");
        group.MapGet("", ListAsync).WithSummary("Lists users with their roles, groups, e-mail addresses and tokens; of a token only what names it.");
        group.MapPost("", AddAsync).WithSummary("Adds a user and answers with a token, this once. The first one must be an admin: from then on everything needs a token.");
        group.MapPut("{name}", ChangeAsync).WithSummary("Replaces a user's roles, groups or e-mail addresses.");
        group.MapPost("{name}/tokens", IssueAsync).WithSummary("Makes a further token for a user and answers with it, this once.");
        group.MapPost("{name}/revoke", RevokeAsync).WithSummary("Ends a user, or one token of a user; it holds from the next request on.");
        var me = routes.MapGroup("/api/me").WithTags("users");
        me.MapGet("", Me).WithSummary("Who the caller is, and what the caller may.");
        me.MapPost("tokens", IssueOwnAsync).WithSummary("Makes a further token for the caller and answers with it, this once.");
    }

    private static async Task<Ok<IReadOnlyList<UserReport>>> ListAsync(UserDesk desk, CancellationToken cancellationToken) =>
        TypedResults.Ok(await desk.ListAsync(cancellationToken));

    private static async Task<Ok<IssuedToken>> AddAsync(UserOrder order, UserDesk desk) =>
        TypedResults.Ok(await desk.AddAsync(order, CancellationToken.None));

    private static async Task<Ok<User>> ChangeAsync(string name, UserChange change, UserDesk desk) =>
        TypedResults.Ok(await desk.ChangeAsync(name, change, CancellationToken.None));

    private static async Task<Ok<IssuedToken>> IssueAsync(string name, TokenOrder order, UserDesk desk) =>
        TypedResults.Ok(await desk.IssueAsync(name, order, CancellationToken.None));

    private static async Task<Ok<UserReport>> RevokeAsync(string name, RevokeOrder order, UserDesk desk) =>
        TypedResults.Ok(await desk.RevokeAsync(name, order, CancellationToken.None));

    private static Ok<Principal> Me() => TypedResults.Ok(Acting.Current?.Principal ?? Principal.Anonymous);

    private static async Task<Ok<IssuedToken>> IssueOwnAsync(TokenOrder order, UserDesk desk) =>
        Acting.Current?.Principal is { Kind: PrincipalKind.User } principal
            ? TypedResults.Ok(await desk.IssueAsync(principal.Name, order, CancellationToken.None))
            : throw FairleadException.Conflict("There are no users yet; add the first one with 'fairlead user add NAME --role admin'.");
}
