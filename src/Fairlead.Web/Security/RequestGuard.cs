using System.Security.Cryptography;
using System.Text;
using Fairlead.Web.Contracts;
using Fairlead.Web.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Fairlead.Web.Security;

/// <summary>
/// Refuses what a stranger could send. With a token: every call must carry it, as a bearer or, for browsers, as the password of basic
/// authentication. Without: only calls to a loopback name, so that a page elsewhere cannot reach in by rebinding a DNS name.
/// In both cases no state change is taken from another site's page, and none without a body of JSON or of rows, which a plain form cannot send.
/// </summary>
public sealed class RequestGuard(RequestDelegate next, WebOptions options)
{
    private const string BearerPrefix = "Bearer ";
    private const string BasicPrefix = "Basic ";
    private readonly byte[]? tokenHash = options.Token is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(options.Token));

    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        AddSecurityHeaders(context.Response.Headers);
        if (tokenHash is null && !IsLoopbackName(request.Host.Host))
            return RefuseAsync(context, StatusCodes.Status403Forbidden, $"The host name '{request.Host.Host}' is not a loopback name; call http://localhost:{context.Connection.LocalPort}, or set FAIRLEAD_TOKEN to listen elsewhere.");
        if (tokenHash is not null && !HasToken(request))
        {
            context.Response.Headers.WWWAuthenticate = "Basic realm=\"Fairlead\", charset=\"UTF-8\"";
            return RefuseAsync(context, StatusCodes.Status401Unauthorized, "The token is missing or wrong; send 'Authorization: Bearer <token>' with the value of FAIRLEAD_TOKEN that the control plane was started with.");
        }

        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && Refusal(request) is { } reason)
            return RefuseAsync(context, StatusCodes.Status403Forbidden, reason);
        return next(context);
    }

    private static string? Refusal(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
            return "A state change from another site's page is refused; use this page or the API.";
        if (request.Headers.Origin.ToString() is { Length: > 0 } origin && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase))
            return $"The origin '{origin}' is not this server; a state change from another site's page is refused.";
        if (request.Path.StartsWithSegments("/api") && !HttpMethods.IsDelete(request.Method) && !request.HasJsonContentType() && !IsTable(request.ContentType))
            return $"The content type '{request.ContentType}' is not accepted; send 'Content-Type: application/json'.";
        return null;
    }

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

    private static Task RefuseAsync(HttpContext context, int status, string message) =>
        ErrorAnswers.WriteAsync(context, status, new ErrorAnswer(message, ProblemStatus.KindOf(status)));

    private bool HasToken(HttpRequest request)
    {
        var header = request.Headers[HeaderNames.Authorization].ToString();
        if (header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase))
            return IsToken(header.AsSpan(BearerPrefix.Length).Trim());
        if (!header.StartsWith(BasicPrefix, StringComparison.OrdinalIgnoreCase))
            return false;
        Span<byte> decoded = stackalloc byte[header.Length];
        if (!Convert.TryFromBase64Chars(header.AsSpan(BasicPrefix.Length).Trim(), decoded, out var length))
            return false;
        var pair = Encoding.UTF8.GetString(decoded[..length]);
        return pair.IndexOf(':') is var colon and >= 0 && IsToken(pair.AsSpan(colon + 1));
    }

    /// <summary>Compares hashes in constant time, so that neither content nor length of the token shows in the time taken.</summary>
    private bool IsToken(ReadOnlySpan<char> candidate)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(candidate.ToArray()), hash);
        return CryptographicOperations.FixedTimeEquals(hash, tokenHash);
    }
}
