using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;

namespace Fairlead.Web.Endpoints;

/// <summary>What is wrong with a request, for those who sent it: the framework's own words name types of this program.</summary>
internal static partial class RequestProblem
{
    public static string Describe(BadHttpRequestException problem)
    {
        if (NotBound().Match(problem.Message) is { Success: true } bound)
            return $"The parameter '{bound.Groups["name"].Value}' is '{bound.Groups["value"].Value}', which is not accepted; give {Expected(bound.Groups["type"].Value)}.";
        if (Missing().Match(problem.Message) is { Success: true, Groups: var missing })
            return $"The parameter '{missing["name"].Value}' is missing; add '?{missing["name"].Value}=…' to the address.";
        return $"The request cannot be read: {problem.Message}";
    }

    private static string Expected(string type) => type switch
    {
        _ when type.Contains("DateTimeOffset", StringComparison.Ordinal) => "a time, such as 2026-05-01T06:00:00Z",
        _ when type.Contains("int", StringComparison.Ordinal) || type.Contains("long", StringComparison.Ordinal) => "a whole number",
        _ when type.Contains("double", StringComparison.Ordinal) || type.Contains("decimal", StringComparison.Ordinal) => "a number, such as 0.5",
        _ when type.Contains("bool", StringComparison.Ordinal) => "true or false",
        _ => "what '/openapi/v1.json' describes",
    };

    [GeneratedRegex("^Failed to bind parameter \"(?<type>.+) (?<name>[^ ]+)\" from \"(?<value>.*)\"\\.$", RegexOptions.ExplicitCapture | RegexOptions.Singleline, 1000)]
    private static partial Regex NotBound();

    [GeneratedRegex("^Required parameter \"(.+) (?<name>[^ ]+)\" was not provided from query string\\.$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Missing();
}
