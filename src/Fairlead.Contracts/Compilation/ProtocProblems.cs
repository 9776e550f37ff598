using System.Text.RegularExpressions;

namespace Fairlead.Contracts.Compilation;

/// <summary>What <c>protoc</c> says about a file that does not compile.</summary>
internal static partial class ProtocProblems
{
    private const int MaximumLines = 50;

    /// <summary>Every problem, a line each: <c>file:line:column: sentence</c>.</summary>
    public static string Describe(string file, ProtocRun run)
    {
        var lines = run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(line => !Warning().IsMatch(line))
            .ToList();
        if (lines.Count == 0)
            return $"{file}: the compiler ended with {run.ExitCode} and said nothing: compile the file with 'protoc' by hand.";
        if (lines.Count <= MaximumLines)
            return string.Join('\n', lines);
        return string.Join('\n', [.. lines.Take(MaximumLines), $"{file}: and {lines.Count - MaximumLines} problems more."]);
    }

    [GeneratedRegex(@"^[^:]+(:\d+:\d+)?: warning: ", RegexOptions.CultureInvariant)]
    private static partial Regex Warning();
}
