using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Fairlead.Serving.Forwarding;

/// <summary>The path and query that an instance gets.</summary>
internal static class ForwardPath
{
    /// <param name="rest">The decoded path behind what names environment and service.</param>
    public static string Of(IHttpRequestFeature request, string rest)
    {
        var (raw, path) = (request.RawTarget, request.Path);
        var prefix = path.EndsWith(rest, StringComparison.Ordinal) ? path.AsSpan(0, path.Length - rest.Length) : path;

        // As the client wrote it, where that means the same: an instance may tell %2F from a slash.
        if (raw.StartsWith(prefix, StringComparison.Ordinal) && !raw.Contains("/.", StringComparison.Ordinal))
            return Rooted(raw[prefix.Length..]);
        return new PathString(Rooted(rest)).ToUriComponent() + request.QueryString;
    }

    private static string Rooted(string path) => path.StartsWith('/') ? path : "/" + path;
}
