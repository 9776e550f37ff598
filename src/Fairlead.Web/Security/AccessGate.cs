using System.Runtime.ExceptionServices;
using Fairlead.Domain.Identity;
using Fairlead.Domain.Problems;
using Fairlead.Web.Endpoints;
using Fairlead.Web.Pages;
using Fairlead.Web.Pages.Views;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Fairlead.Web.Security;

/// <summary>The one place where it is decided who may do what, and where what is done is entered into the audit log: before it begins, and again when it ended.</summary>
public sealed class AccessGate(RequestDelegate next, CallerReader callers, IAuditLog audit, ILogger<AccessGate> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var caller = context.Features.Get<Caller>() ?? throw new InvalidOperationException("The request did not pass the guard.");
        var rule = AccessTable.Find(context.GetEndpoint(), context.Request.Method);
        var scope = new ActingScope(caller.Principal, caller.Via);
        Acting.Begin(scope);
        if (RefusalOf(context, caller.Principal, rule) is { } refusal)
        {
            if (rule?.Action is { } refused && caller.Principal.Kind is PrincipalKind.User or PrincipalKind.Machine)
                await audit.AppendAsync(Acting.Draft(refused, TargetOf(context)) with { Phase = AuditPhase.Refused }, CancellationToken.None);
            await AnswerAsync(context, refusal);
        }
        else if (rule?.Action is { } action)
        {
            await PassRecordedAsync(context, scope, action);
        }
        else
        {
            await next(context);
        }
    }

    private async Task PassRecordedAsync(HttpContext context, ActingScope scope, string action)
    {
        var target = TargetOf(context);
        // When this cannot be written, nothing is done.
        scope.Cause = (await audit.AppendAsync(Acting.Draft(action, target) with { Phase = AuditPhase.Began }, CancellationToken.None)).Number;
        ExceptionDispatchInfo? failure = null;
        try
        {
            await next(context);
        }
        catch (Exception e)
        {
            failure = ExceptionDispatchInfo.Capture(e);
        }

        var problem = failure is not null ? ProblemOf(failure.SourceException)
            : scope.Problem ?? (context.Response.StatusCode >= StatusCodes.Status400BadRequest ? $"status {context.Response.StatusCode}" : null);
        try
        {
            await audit.AppendAsync(Acting.Draft(action, target, problem) with { Phase = problem is null ? AuditPhase.Done : AuditPhase.Failed }, CancellationToken.None);
        }
        catch (FairleadException e)
        {
            // It is done, or is not, whatever could be written of it; the entry of its beginning is there.
            Log.NoOutcome(logger, e, action, scope.Cause.Value);
        }

        failure?.Throw();
    }

    private Refusal? RefusalOf(HttpContext context, Principal principal, AccessRule? rule)
    {
        if (principal.Kind == PrincipalKind.Open || rule?.Scope == AccessScope.Public)
            return null;
        if (rule?.Scope == AccessScope.Host)
            return HostRefusal(context, principal);
        if (principal.Kind == PrincipalKind.Anonymous)
            return new Refusal(StatusCodes.Status401Unauthorized, "It is not known who you are; send 'Authorization: Bearer <token>', or begin with 'fairlead login'. An admin gives a token by 'fairlead user add'.", "Bearer realm=\"Fairlead\"");
        if (principal.Kind == PrincipalKind.Machine)
        {
            return rule is null or { TakesMachine: true } ? null
                : new Refusal(StatusCodes.Status403Forbidden, "The token that control plane and host share does not open this any more, as there are users; send a user's token, which an admin gives by 'fairlead user add'.");
        }

        return rule is null || rule.Allows(principal, EnvironmentOf(context)) ? null
            : new Refusal(StatusCodes.Status403Forbidden, rule.RefusalOf(principal, EnvironmentOf(context)));
    }

    private Refusal? HostRefusal(HttpContext context, Principal principal) =>
        principal.Kind == PrincipalKind.Machine || (principal.Kind == PrincipalKind.Anonymous && !callers.HasMachineToken && LocalPeer.IsSameUser(context.Connection)) ? null
        : principal.Kind == PrincipalKind.Anonymous
            ? new Refusal(StatusCodes.Status401Unauthorized, "Only hosts may ask for this; send the value of FAIRLEAD_TOKEN that the control plane was started with.", "Bearer realm=\"Fairlead\"")
            : new Refusal(StatusCodes.Status403Forbidden, "Only hosts may ask for this, by the value of FAIRLEAD_TOKEN that the control plane was started with; no role gives it.");

    /// <summary>The environment that the path names, or null for what can be the name of none.</summary>
    private static string? EnvironmentOf(HttpContext context) =>
        context.GetRouteValue("environment") as string is { } name && IdentityNames.IsName(name) ? name : null;

    private static string TargetOf(HttpContext context) => context.Request.Path.Value ?? "";

    /// <summary>The kind only: messages quote what was sent.</summary>
    internal static string ProblemOf(Exception e) => e is OperationCanceledException ? "cancelled" : ProblemHandler.Describe(e).Kind?.ToString().ToLowerInvariant() ?? "a fault of the control plane";

    private static Task AnswerAsync(HttpContext context, Refusal refusal)
    {
        var request = context.Request;
        if (request.Path.StartsWithSegments("/api") || !request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase))
            return RequestGuard.RefuseAsync(context, refusal);
        if (refusal.Status != StatusCodes.Status401Unauthorized)
            return PageResults.Of(new ErrorView(refusal.Status, refusal.Message)).ExecuteAsync(context);
        context.Response.Redirect(PagePaths.SignInFor(RequestGuard.IsRead(request) ? request.Path + request.QueryString : "/"));
        return Task.CompletedTask;
    }
}
