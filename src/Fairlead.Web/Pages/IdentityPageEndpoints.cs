using Fairlead.Domain.Identity;
using Fairlead.Identity.Audit;
using Fairlead.Identity.Tokens;
using Fairlead.Identity.Users;
using Fairlead.Web.Pages.Views;
using Fairlead.Web.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Fairlead.Web.Pages;

/// <summary>Signing in and out, the users, and the audit log.</summary>
internal static class IdentityPageEndpoints
{
    private const int LongestForm = 8192;

    public static void MapIdentityPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet(PagePaths.SignIn, AskAsync);
        pages.MapPost(PagePaths.SignIn, SignInAsync);
        pages.MapPost(PagePaths.SignOut, SignOut);
        pages.MapGet("/users", ListUsersAsync);
        pages.MapGet("/audit", ListAuditAsync);
    }

    private static async Task<IResult> AskAsync(string? to, UserDesk users, CancellationToken cancellationToken) =>
        await users.HasUsersAsync(cancellationToken) ? PageResults.Of(new SignInView(PagePaths.Local(to))) : TypedResults.Redirect(PagePaths.Local(to));

    // The request guard refuses forms of other sites, so that nobody is signed in as somebody else unawares.
    private static async Task<IResult> SignInAsync(TokenCheck tokens, Sessions sessions, IAuditLog audit, HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Request.ContentLength is null or > LongestForm)
            return PageResults.Of(new SignInView("/") { Problem = "The form is longer than a token; copy the token alone.", Status = StatusCodes.Status413PayloadTooLarge });
        var form = await context.Request.ReadFormAsync(cancellationToken);
        var to = PagePaths.Local(form["to"].ToString());
        var proof = await tokens.ProveAsync(form["token"].ToString().Trim(), context.Connection.RemoteIpAddress, cancellationToken);
        if (proof.Principal is not { TokenId: { } id } principal)
            return PageResults.Of(new SignInView(to) { Problem = proof.Reason, Status = proof.Wait is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status429TooManyRequests });
        await audit.AppendAsync(new AuditDraft { Who = principal.Name, Via = "page", What = "sign-in", Target = $"token {id}" }, cancellationToken);
        if (SessionCookie.Read(context) is { } earlier)
            sessions.End(earlier);
        SessionCookie.Write(context, sessions.Begin(id));
        return TypedResults.Redirect(to);
    }

    private static RedirectHttpResult SignOut(Sessions sessions, HttpContext context)
    {
        if (SessionCookie.Read(context) is { } secret)
            sessions.End(secret);
        SessionCookie.Delete(context);
        return TypedResults.Redirect(PagePaths.SignIn);
    }

    private static async Task<RazorComponentResult> ListUsersAsync(UserDesk users, TimeProvider time, CancellationToken cancellationToken) =>
        PageResults.Of(UsersView.Of(await users.ListAsync(cancellationToken), time.GetUtcNow()));

    private static async Task<RazorComponentResult> ListAuditAsync(string? who, string? what, long? before, AuditDesk desk, TimeProvider time, CancellationToken cancellationToken)
    {
        var filter = new AuditFilter { Who = Given(who), What = Given(what), Before = before, Limit = AuditView.Shown };
        return PageResults.Of(AuditView.Of(await desk.ListAsync(filter, cancellationToken), filter, time.GetUtcNow()));
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
