using System.Security.Cryptography;
using System.Text;
using Fairlead.Domain.Identity;
using Fairlead.Identity.Tokens;
using Fairlead.Identity.Users;
using Fairlead.Web.Endpoints;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Fairlead.Web.Security;

/// <summary>
/// Finds out who calls. Without users: anybody, or anybody with the machine's token when there is one. With users: by a user's token, by
/// the session that one began, or as a machine by its token; whoever sends nothing is nobody, and whoever sends something wrong is refused.
/// </summary>
public sealed class CallerReader(WebOptions options, UserDesk users, TokenCheck tokens, Sessions sessions)
{
    /// <summary>How a client of the command line names its user, for where there are no users.</summary>
    public const string UserHeader = "fairlead-user";

    /// <summary>By what way a client calls.</summary>
    public const string ClientHeader = "fairlead-client";
    private const string CommandLine = "cli";
    private const string Api = "api";
    private const string Page = "page";
    private const string BearerPrefix = "Bearer ";
    private const string BasicPrefix = "Basic ";
    private const string Bearer = "Bearer realm=\"Fairlead\"";
    private const string Basic = "Basic realm=\"Fairlead\", charset=\"UTF-8\"";
    private const int LongestHeader = 4096;
    private readonly byte[]? machineHash = options.Token is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes(options.Token));

    /// <summary>True when control plane and host share a secret.</summary>
    internal bool HasMachineToken => machineHash is not null;

    internal async Task<(Caller? Caller, Refusal? Refusal)> ReadAsync(HttpContext context)
    {
        var headers = context.Request.Headers;
        var way = headers[ClientHeader] == CommandLine ? CommandLine : Api;
        if (!await users.HasUsersAsync(context.RequestAborted))
        {
            // Strangers who know a trigger's secret know no token.
            if (machineHash is not null && headers.Authorization.Count == 0 && context.Request.Path.StartsWithSegments(TriggerEndpoints.Hooks))
                return (new Caller(Principal.Anonymous, way), null);
            return machineHash is null || HasMachineTokenIn(headers.Authorization.ToString())
                ? (new Caller(new Principal { Name = Claimed(headers), Kind = PrincipalKind.Open }, way), null)
                : (null, new Refusal(StatusCodes.Status401Unauthorized, "The token is missing or wrong; send 'Authorization: Bearer <token>' with the value of FAIRLEAD_TOKEN that the control plane was started with.", Basic));
        }

        return headers.Authorization.Count switch
        {
            0 => await ReadSessionAsync(context),
            1 => await ReadTokenAsync(context, headers.Authorization[0]!, way),
            _ => (null, new Refusal(StatusCodes.Status401Unauthorized, "The header 'Authorization' was sent more than once; send one token.", Bearer)),
        };
    }

    private async Task<(Caller? Caller, Refusal? Refusal)> ReadTokenAsync(HttpContext context, string header, string way)
    {
        if (!header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase) || header.Length > LongestHeader)
            return (null, new Refusal(StatusCodes.Status401Unauthorized, "The header 'Authorization' holds no token; send 'Authorization: Bearer <token>'.", Bearer));
        var text = header[BearerPrefix.Length..].Trim();
        if (IsMachineToken(text))
            return (new Caller(new Principal { Name = "machine", Kind = PrincipalKind.Machine }, way), null);
        var proof = await tokens.ProveAsync(text, context.Connection.RemoteIpAddress, context.RequestAborted);
        return proof.Principal is { } principal ? (new Caller(principal, way), null)
            : (null, proof.Wait is { } wait ? new Refusal(StatusCodes.Status429TooManyRequests, proof.Reason!, RetryAfter: wait) : new Refusal(StatusCodes.Status401Unauthorized, proof.Reason!, Bearer));
    }

    private async Task<(Caller? Caller, Refusal? Refusal)> ReadSessionAsync(HttpContext context)
    {
        var principal = SessionCookie.Read(context) is { } secret && sessions.Find(secret) is { } id ? await tokens.FindAsync(id, context.RequestAborted) : null;
        if (principal is null)
            return (new Caller(Principal.Anonymous, Api), null);
        return RequestGuard.IsRead(context.Request) || RequestGuard.IsFromThisSite(context.Request)
            ? (new Caller(principal, Page), null)
            : (null, new Refusal(StatusCodes.Status403Forbidden, "The browser does not say that this comes from a page of Fairlead; use the pages, or send a token."));
    }

    private static string Claimed(IHeaderDictionary headers) => Callers.Clean(Uri.UnescapeDataString(headers[UserHeader].ToString()));

    private bool HasMachineTokenIn(string header)
    {
        if (header.StartsWith(BearerPrefix, StringComparison.OrdinalIgnoreCase))
            return IsMachineToken(header.AsSpan(BearerPrefix.Length).Trim());
        if (!header.StartsWith(BasicPrefix, StringComparison.OrdinalIgnoreCase) || header.Length > LongestHeader)
            return false;
        Span<byte> decoded = stackalloc byte[header.Length];
        if (!Convert.TryFromBase64Chars(header.AsSpan(BasicPrefix.Length).Trim(), decoded, out var length))
            return false;
        var pair = Encoding.UTF8.GetString(decoded[..length]);
        return pair.IndexOf(':') is var colon and >= 0 && IsMachineToken(pair.AsSpan(colon + 1));
    }

    /// <summary>Compares hashes in constant time, so that neither content nor length of the token shows in the time taken.</summary>
    private bool IsMachineToken(ReadOnlySpan<char> candidate)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(candidate.ToArray()), hash);
        return machineHash is not null && CryptographicOperations.FixedTimeEquals(hash, machineHash);
    }
}
