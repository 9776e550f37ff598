using System.Collections.Frozen;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Fairlead.Serving.Forwarding;

/// <summary>Which headers of an instance's answer the client gets.</summary>
internal static class AnswerHeaders
{
    // Of the connection, told by the framing of the client's own answer, or said by the host alone. The server writes Date itself.
    private static readonly FrozenSet<string> Own = new[]
    {
        "Connection", "Keep-Alive", "Proxy-Connection", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
        "Content-Length", "Date", ForwardCall.PredictionHeader, ForwardCall.ServerGroupHeader,
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static bool IsForwarded(string name) => !Own.Contains(name);

    /// <exception cref="UpstreamException">The value holds what no header may.</exception>
    public static void Append(IHeaderDictionary target, string name, string value)
    {
        try
        {
            if (target.TryGetValue(name, out var before) && before.Count > 0)
                target[name] = StringValues.Concat(before, value);
            else
                target[name] = value;
        }
        catch (InvalidOperationException e)
        {
            throw new UpstreamException($"sent the header '{name}' with a character that no header may hold", e);
        }
    }
}
