using System.Collections.Frozen;
using Fairlead.Serving.Requests;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Serving.Forwarding;

/// <summary>Which headers of a request an instance gets as they came.</summary>
internal static class RequestHeaders
{
    public const string ForwardedFor = "X-Forwarded-For";
    public const string ForwardedProto = "X-Forwarded-Proto";
    public const string ForwardedHost = "X-Forwarded-Host";

    // Of the connection (RFC 9110, section 7.6.1), written anew for the instance, or said by the host alone.
    private static readonly FrozenSet<string> Own = new[]
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "HTTP2-Settings",
        "Host", "Content-Length", "Expect", ForwardedFor, "traceparent", RouteFinder.EnvironmentHeader, ForwardCall.PredictionHeader, ForwardCall.ServerGroupHeader, ForwardCall.ShadowHeader,
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsForwarded(string name, ForwardCall call)
    {
        if (Own.Contains(name) || name[0] == ':')
            return false;

        // The host's own token is nobody else's.
        if (call.HidesAuthorization && name.Equals("Authorization", StringComparison.OrdinalIgnoreCase))
            return false;
        return call.ConnectionTokens is null || !Names(call.ConnectionTokens, name);
    }

    /// <summary>What a Connection header names besides the usual, since those headers end here; null mostly.</summary>
    public static string? UnusualTokens(IHeaderDictionary headers)
    {
        var values = headers.Connection;
        if (values.Count == 0 || (values.Count == 1 && IsUsual(values[0])))
            return null;
        return values.ToString();
    }

    /// <summary>The client asks to go on with a WebSocket.</summary>
    public static bool AsksForWebSocket(IHeaderDictionary headers) =>
        headers.Upgrade.Count == 1 && "websocket".Equals(headers.Upgrade[0], StringComparison.OrdinalIgnoreCase);

    private static bool IsUsual(string? value) => value is null || value.Equals("keep-alive", StringComparison.OrdinalIgnoreCase)
        || value.Equals("close", StringComparison.OrdinalIgnoreCase) || value.Equals("Upgrade", StringComparison.OrdinalIgnoreCase);

    private static bool Names(string tokens, string name)
    {
        foreach (var range in tokens.AsSpan().Split(','))
        {
            if (tokens.AsSpan()[range].Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
