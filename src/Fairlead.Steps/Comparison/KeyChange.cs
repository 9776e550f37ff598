namespace Fairlead.Steps.Comparison;

/// <summary>A part of a key that differs between two runs.</summary>
/// <param name="Part">Such as <c>param:l2</c>, <c>code:trainer/</c> or <c>input:train</c>.</param>
/// <param name="Before">For people: the value, for an input a version or a run; null when there was none.</param>
/// <param name="Now">Null when there is none.</param>
public sealed record KeyChange(string Part, string? Before, string? Now)
{
    /// <summary>Of code the files that differ, each with a word before it: <c>added</c>, <c>removed</c>, <c>changed</c>.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Of an input that runs made: why these are not the same.</summary>
    public RunExplanation? From { get; init; }
}
