using System.Text.Json;

namespace Fairlead.Domain.Problems;

/// <summary>What is wrong with a JSON text, for those who wrote it: the reader's own words name types of this program.</summary>
public static class JsonProblem
{
    private const string Path = " Path: ";
    private const string OtherType = "The JSON value could not be converted to ";
    private const string Required = "was missing required properties including: ";

    /// <summary>A part of a sentence without a full stop, with the place if it is known.</summary>
    public static string Describe(JsonException problem)
    {
        var reason = problem.Message.Split(Path)[0].TrimEnd('.');
        var required = reason.IndexOf(Required, StringComparison.Ordinal);
        return reason switch
        {
            _ when reason.StartsWith(OtherType, StringComparison.Ordinal) => $"{Member(problem)} is of another type than expected{Place(problem)}",
            _ when required >= 0 => $"{reason[(required + Required.Length)..]} is missing{Place(problem)}",
            _ => reason + Place(problem),
        };
    }

    private static string Member(JsonException problem) => problem.Path is ['$', '.', .. var path] ? $"'{path}'" : "it";

    private static string Place(JsonException problem) =>
        problem is { LineNumber: { } line, BytePositionInLine: { } position } ? $" (line {line + 1}, byte {position + 1})" : "";
}
