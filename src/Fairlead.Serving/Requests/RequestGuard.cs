using System.Security.Cryptography;
using System.Text;
using Fairlead.Serving.Routing;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Serving.Requests;

/// <summary>
/// Who may call. With a token: whoever carries it. Without one the host listens on loopback only, and refuses what a web page of
/// a stranger can make a browser send there: requests under a foreign host name (DNS rebinding) or from a foreign origin. Host names
/// that environments declare are not foreign.
/// </summary>
internal sealed class RequestGuard(string? token, RouteSource routes)
{
    private const int LongestHeader = 4096;
    private readonly byte[]? expected = token is null ? null : SHA256.HashData(Encoding.UTF8.GetBytes("Bearer " + token));

    /// <summary>Null when the request may pass, else the status and the sentence to answer.</summary>
    public (int Status, string Message)? Refuse(IHeaderDictionary headers)
    {
        if (expected is not null)
            return CarriesToken(headers.Authorization) ? null : (401, "The request carries no valid token; send 'Authorization: Bearer' with the value of FAIRLEAD_TOKEN.");
        if (headers.Host.Count > 0 && headers.Host[0] is { Length: > 0 } host && !IsLocal(host) && !IsDeclared(host))
            return (403, $"The host name '{host}' is not served; use 'localhost', or set FAIRLEAD_TOKEN to be reached by other names.");
        if (headers.Origin.Count > 0 && headers.Origin[0] is { } origin && !IsLocalOrigin(origin))
            return (403, $"Pages of '{origin}' may not call this host; set FAIRLEAD_TOKEN and call it from a server.");
        return null;
    }

    private bool IsDeclared(ReadOnlySpan<char> host)
    {
        var table = routes.Current;
        if (!table.HasHosts)
            return false;
        host = RouteFinder.WithoutPort(host);
        return table.FindHost(host) is not null || (host.IndexOf('.') is > 0 and var dot && table.FindHost(host[(dot + 1)..]) is not null);
    }

    private bool IsLocalOrigin(string origin)
    {
        var start = origin.IndexOf("://", StringComparison.Ordinal);
        return start > 0 && (IsLocal(origin.AsSpan(start + 3)) || IsDeclared(origin.AsSpan(start + 3)));
    }

    /// <summary>A loopback name or address, with or without port.</summary>
    private static bool IsLocal(ReadOnlySpan<char> host) =>
        Begins(host, "localhost") || Begins(host, "127.0.0.1") || Begins(host, "[::1]");

    private static bool Begins(ReadOnlySpan<char> host, string name) =>
        host.StartsWith(name, StringComparison.OrdinalIgnoreCase) && (host.Length == name.Length || host[name.Length] == ':');

    /// <summary>Compares hashes in constant time, so that neither content nor length of the token shows in the time taken.</summary>
    private bool CarriesToken(string? header)
    {
        if (header is null || header.Length > LongestHeader)
            return false;
        Span<byte> bytes = stackalloc byte[Encoding.UTF8.GetMaxByteCount(LongestHeader)];
        var length = Encoding.UTF8.GetBytes(header, bytes);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes[..length], hash);
        return CryptographicOperations.FixedTimeEquals(hash, expected);
    }
}
