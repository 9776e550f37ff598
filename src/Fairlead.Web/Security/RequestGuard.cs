using System.Globalization;
using Fairlead.Web.Contracts;
using Fairlead.Web.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Fairlead.Web.Security;

/// <summary>
/// Refuses what a stranger could send, and finds out who calls. Without the machine's token: only calls to a loopback name, so that a page
/// elsewhere cannot reach in by rebinding a DNS name. In any case no state change is taken from another site's page, and none without a body
/// of JSON or of rows, which a plain form cannot send. What the caller may is for <see cref="AccessGate"/> to say, once it is known what is asked for.
/// </summary>
public sealed class RequestGuard(RequestDelegate next, CallerReader callers)
{
    public async Task InvokeAsync(HttpContext context)
    {
        AddSecurityHeaders(context.Response.Headers);
        var host = context.Request.Host.Host;
        if (!callers.HasMachineToken && !IsLoopbackName(host))
        {
            await RefuseAsync(context, new Refusal(StatusCodes.Status403Forbidden, $"The host name '{host}' is not a loopback name; call http://localhost:{context.Connection.LocalPort}, or set FAIRLEAD_TOKEN to listen elsewhere."));
            return;
        }

        var (caller, refusal) = await callers.ReadAsync(context);
        if (refusal is null && !IsRead(context.Request) && ReasonAgainst(context.Request) is { } reason)
            refusal = new Refusal(StatusCodes.Status403Forbidden, reason);
        if (refusal is not null)
        {
            await RefuseAsync(context, refusal);
            return;
        }

        context.Features.Set(caller);
        await next(context);
    }

    internal static bool IsRead(HttpRequest request) => HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);

    /// <summary>True when the browser says so; clients that are none say nothing.</summary>
    internal static bool IsFromThisSite(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"].ToString() == "same-origin" || (request.Headers["Sec-Fetch-Site"].Count == 0 && IsOwnOrigin(request));

    internal static Task RefuseAsync(HttpContext context, Refusal refusal)
    {
        if (refusal.Challenge is not null)
            context.Response.Headers.WWWAuthenticate = refusal.Challenge;
        if (refusal.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return ErrorAnswers.WriteAsync(context, refusal.Status, new ErrorAnswer(refusal.Message, ProblemStatus.KindOf(refusal.Status)));
    }

    private static string? ReasonAgainst(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
            return "A state change from another site's page is refused; use this page or the API.";
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin && !IsOwnOrigin(request) && !IsHiddenOwnOrigin(request))
            return $"The origin '{origin}' is not this server; a state change from another site's page is refused.";
        if (request.Path.StartsWithSegments("/api") && !HttpMethods.IsDelete(request.Method) && !request.HasJsonContentType() && !IsTable(request.ContentType))
            return $"The content type '{request.ContentType}' is not accepted; send 'Content-Type: application/json'{(request.Path.StartsWithSegments("/api/outcomes/import") ? ", or that of the file: text/csv, application/vnd.apache.parquet or application/x-ndjson" : "")}.";
        return null;
    }

    private static bool IsOwnOrigin(HttpRequest request) =>
        string.Equals(request.Headers.Origin.ToString(), $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);

    /// <summary>Browsers hide the origin of a page that sends no referrer, from its own server too, and say all the same that it is this site's: no page can forge that.</summary>
    private static bool IsHiddenOwnOrigin(HttpRequest request) => request.Headers.Origin == "null" && request.Headers["Sec-Fetch-Site"].ToString() == "same-origin";

    /// <summary>Files with rows: no form can send their types, nor a page of another site without asking first; the same holds for DELETE.</summary>
    private static bool IsTable(string? contentType) =>
        contentType?.Split(';')[0].Trim().ToLowerInvariant() is "text/csv" or "application/vnd.apache.parquet" or "application/parquet" or "application/x-ndjson" or "application/jsonl";

    private static bool IsLoopbackName(string host) => host is "localhost" or "127.0.0.1" or "[::1]";

    private static void AddSecurityHeaders(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = "default-src 'none'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
    }
}
