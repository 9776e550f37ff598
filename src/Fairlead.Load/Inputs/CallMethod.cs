using System.Collections.Frozen;
using Fairlead.Domain.Problems;

namespace Fairlead.Load.Inputs;

/// <summary>The methods of HTTP that a command can be asked by.</summary>
internal static class CallMethod
{
    public const string Get = "GET";
    public const string Head = "HEAD";
    public const string Post = "POST";

    private static readonly FrozenSet<string> Known = FrozenSet.ToFrozenSet([Get, Head, Post, "PUT", "PATCH", "DELETE", "OPTIONS"], StringComparer.Ordinal);

    public static bool IsKnown(string method) => Known.Contains(method);

    /// <summary>Whether servers expect a body with it.</summary>
    public static bool TakesBody(string method) => method is Post or "PUT" or "PATCH";

    /// <exception cref="FairleadException">Invalid.</exception>
    public static void Check(string method)
    {
        if (!IsKnown(method))
            throw FairleadException.Invalid($"'{method}' is no method; expected GET, HEAD, POST, PUT, PATCH, DELETE or OPTIONS.");
    }
}
