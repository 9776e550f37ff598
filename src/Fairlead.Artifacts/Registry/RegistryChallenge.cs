using System.Text.RegularExpressions;

namespace Fairlead.Artifacts.Registry;

/// <summary>What a registry wants: <c>Bearer realm="…",service="…",scope="…"</c>.</summary>
internal static partial class RegistryChallenge
{
    /// <param name="text">What stands behind the scheme.</param>
    /// <returns>By name in any case; the first of two of the same name.</returns>
    public static IReadOnlyDictionary<string, string> Read(string text)
    {
        var found = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match match in Parameter().Matches(text))
            found.TryAdd(match.Groups["name"].Value, match.Groups["quoted"].Success ? match.Groups["quoted"].Value : match.Groups["plain"].Value);
        return found;
    }

    [GeneratedRegex("(?<name>[A-Za-z_]+)=(?:\"(?<quoted>[^\"]*)\"|(?<plain>[^\\s,\"]+))", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Parameter();
}
