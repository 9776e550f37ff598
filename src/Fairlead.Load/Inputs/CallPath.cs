using Fairlead.Domain.Problems;

namespace Fairlead.Load.Inputs;

/// <summary>Path and query as they stand in a request.</summary>
internal static class CallPath
{
    public const string Default = "/";

    public static bool IsValid(string path) => path.StartsWith('/') && path.All(IsPlain);

    /// <exception cref="FairleadException">Invalid.</exception>
    public static void Check(string path)
    {
        if (!path.StartsWith('/'))
            throw FairleadException.Invalid($"The path '{path}' does not begin with a slash; write '/{path}'.");
        if (!path.All(IsPlain))
            throw FairleadException.Invalid($"The path '{path}' has characters that no request carries as they are; write them percent-encoded, such as '%20' for a blank.");
    }

    private static bool IsPlain(char character) => character is > ' ' and <= '~' and not '#';
}
