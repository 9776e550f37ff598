using System.Text.RegularExpressions;
using Fairlead.Domain.Problems;
using Fairlead.DuckDb;

namespace Fairlead.Datasets.Reading;

/// <summary>Turns what the engine says of files that it cannot read into one sentence.</summary>
internal static partial class DataProblem
{
    private const int MostCharacters = 300;

    /// <param name="path">Where the data lies; people know it by another name, so it is left out.</param>
    public static FairleadException Of(DuckDbException problem, string path)
    {
        var text = problem.Message.Replace(path + "/", "", StringComparison.Ordinal).Replace(path, "the file", StringComparison.Ordinal);
        return Line().Match(text) is { Success: true } line
            ? FairleadException.Failed($"The data does not parse at line {line.Groups[1].Value}{FileOf(text)}: {Short(CauseOf(text))}.")
            : FairleadException.Failed($"The data cannot be read: {Short(FirstLine(text))}.");
    }

    /// <summary>What the engine says of an expression, in one line.</summary>
    public static string OfExpression(DuckDbException problem) => Short(FirstLine(problem.Message));

    private static string CauseOf(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var about = Array.FindIndex(lines, line => line.StartsWith("Original Line:", StringComparison.Ordinal));
        var cause = about >= 0 && about + 1 < lines.Length ? $"{lines[about + 1]} ({lines[about]})" : lines[0];
        return cause;
    }

    private static string FileOf(string text) => File().Match(text) is { Success: true } file && file.Groups[1].Value != "the file" ? $" of '{file.Groups[1].Value}'" : "";

    private static string FirstLine(string text)
    {
        var line = text.Split('\n')[0].Trim();
        var kind = line.IndexOf("Error: ", StringComparison.Ordinal);
        return kind is >= 0 and < 40 ? line[(kind + 7)..] : line;
    }

    private static string Short(string text) => (text.Length <= MostCharacters ? text : text[..MostCharacters] + "…").TrimEnd('.', ' ');

    [GeneratedRegex(@"\b[Ll]ine:? (\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Line();

    [GeneratedRegex(@"^\s*file\s*=\s*(.+?)\s*$", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex File();
}
